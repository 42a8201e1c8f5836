"""The app never waits for the channel, and what is lost is counted."""

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import threading
import unittest

from tests import app, cluster
from tests.listener import Listener

OFFER = "from _headroom import channel\n"
MISSING = cluster.missing() or next(
    ("%s is not installed" % name for name in ("django", "rest_framework", "psycopg2") if not importlib.util.find_spec(name)),
    None,
)


class ChannelTest(unittest.TestCase):
    def setUp(self):
        self.listener = Listener()
        self.addCleanup(self.listener.__exit__)

    def python(self, code):
        environment = dict(os.environ, **self.listener.environment)
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120
        )
        self.assertEqual(done.stderr.decode(), "")
        self.assertEqual(done.returncode, 0)
        return done.stdout.decode().strip()

    def test_what_was_offered_last_is_written_before_the_process_ends(self):
        self.python(OFFER + "for i in range(1, 3001): channel.offer('B %d 1 1\\n' % i)")
        self.assertTrue(self.listener.heard())
        self.assertEqual([begun[0] for begun in self.listener.peers[0].begun], list(range(1, 3001)))

    def test_a_full_buffer_drops_and_counts(self):
        self.python(
            # nothing is written meanwhile
            OFFER + "with channel._sending:\n"
            "    for i in range(40000): channel.offer('B %d 1 1\\n' % i)\n"
            "channel.flush(5)\nchannel.offer('B 1 1 1\\n')"
        )
        self.assertTrue(self.listener.heard())
        peer = self.listener.peers[0]
        self.assertGreater(peer.lost, 0)
        self.assertEqual(len(peer.begun) + peer.lost, 40001)

    def test_threads_that_offer_at_once_lose_and_repeat_nothing(self):
        self.python(
            OFFER + "import threading\n"
            "def offer(n):\n"
            "    for i in range(2000): channel.offer('B %d 1 1\\n' % (n * 2000 + i))\n"
            "threads = [threading.Thread(target=offer, args=(n,)) for n in range(8)]\n"
            "[t.start() for t in threads]; [t.join() for t in threads]"
        )
        self.assertTrue(self.listener.heard())
        peer = self.listener.peers[0]
        self.assertEqual(len(peer.begun), 16000)
        self.assertEqual({begun[0] for begun in peer.begun}, set(range(16000)))

    def test_a_listener_that_never_reads_stops_nothing(self):
        import socket

        with socket.socket(socket.AF_UNIX) as deaf:
            deaf.bind(self.listener.path + "-deaf")
            deaf.listen(1)
            self.listener.path += "-deaf"
            shown = self.python(
                OFFER + "import time\nbegan = time.monotonic()\n"
                "for i in range(200000): channel.offer('B %d 1 1\\n' % i)\n"
                "print(time.monotonic() - began < 5, len(channel._buffer) <= channel.CAPACITY)"
            )
        self.assertEqual(shown, "True True")

    def test_a_listener_that_goes_away_switches_everything_off(self):
        shown = self.python(
            OFFER + "import os, threading\nstop, stopped = channel._stop, threading.Event()\n"
            "channel._stop = lambda: (stop(), stopped.set())\n"
            "channel.offer('B 1 1 1\\n')\nchannel.flush(20)\n"
            "os.close(channel._connection.detach())\n"
            "channel.offer('B 1 1 1\\n')\nprint(stopped.wait(20), channel.enabled, len(channel._buffer))"
        )
        self.assertEqual(shown, "True False 0")

    def test_a_forked_child_says_hello_of_its_own_and_repeats_nothing_of_its_parents(self):
        self.python(
            OFFER + "import os\nchannel.offer('B 1 1 1\\n')\n"
            "child = os.fork()\n"
            "channel.offer('B %d 1 1\\n' % (3 if child else 2))\n"
            "if child: os.waitpid(child, 0)\n"
        )
        self.assertTrue(self.listener.wait(lambda it: sum(len(peer.begun) for peer in it.peers) == 3))
        begun = sorted([[its[0] for its in peer.begun] for peer in self.listener.peers])
        self.assertEqual(begun, [[1, 3], [2]])
        self.assertEqual(len({peer.hello["pid"] for peer in self.listener.peers}), 2)

    def test_the_apps_own_sigpipe_is_none_of_ours(self):
        shown = self.python(
            OFFER + "import os, signal, socket\nsignal.signal(signal.SIGPIPE, signal.SIG_DFL)\n"
            "channel.offer('B 1 1 1\\n')\nchannel.flush(20)\n"
            "socket.socket(fileno=os.dup(channel._connection.fileno())).shutdown(socket.SHUT_RDWR)\n"
            "try: channel._send('B 1 1 1\\n')\nexcept BrokenPipeError: print('alive')"
        )
        self.assertEqual(shown, "alive")


@unittest.skipIf(MISSING, MISSING)
class WorkTest(unittest.TestCase):
    """Snapshots, and work outside of requests."""

    @classmethod
    def setUpClass(cls):
        with Listener() as listener:
            app.migrate(listener)

    def snapshot(self, requests, *command, there=lambda stack: True):
        """The stacks of requests that wait, by their ids, once each is `there`: the statement before was told sooner."""
        with tempfile.TemporaryDirectory() as folder, Listener() as listener, app.Server(listener, *command) as server:
            seen = os.path.join(folder, "seen")
            path = "/wait?until=" + seen
            clients = [threading.Thread(target=server.get, args=(path, request)) for request in requests]
            [client.start() for client in clients]
            try:
                waiting = lambda it: {call.request for call in it.calls()} >= set(requests)
                self.assertTrue(listener.wait(waiting))
                peer = next(peer for peer in listener.peers if peer.calls)
                for number in range(7, 1000):
                    peer.connection.sendall(b"Q %d\n" % number)
                    self.assertTrue(listener.wait(lambda it: number in peer.answers))
                    stacks = {stack["request"]: stack for stack in peer.answers[number] if stack["request"]}
                    if all(there(stack) for stack in stacks.values()):
                        return stacks
                self.fail(stacks)
            finally:
                open(seen, "w").close()
                [client.join() for client in clients]

    @unittest.skipUnless(importlib.util.find_spec("waitress"), "waitress is not installed")
    def test_a_snapshot_shows_each_requests_stack(self):
        waits = lambda stack: re.search(r"/shop/views\.py:\d+ wait$", stack["frames"][0])
        command = ["waitress", "--threads=8", "--port=PORT", "shop.wsgi:application"]
        stacks = self.snapshot([11, 12, 13], *command, there=waits)
        self.assertEqual(set(stacks), {11, 12, 13})
        self.assertEqual(len({stack["thread"] for stack in stacks.values()}), 3)
        for stack in stacks.values():
            self.assertRegex(stack["name"], "waitress-")

    @unittest.skipUnless(importlib.util.find_spec("gevent"), "gevent is not installed")
    def test_a_snapshot_names_the_greenlets_that_wait_but_never_touches_their_stacks(self):
        command = ["gunicorn", "-w", "1", "-k", "gevent", "-b", "127.0.0.1:PORT", "shop.wsgi:application"]
        stacks = self.snapshot([11, 12], *command, there=lambda stack: not stack["frames"])
        self.assertEqual(set(stacks), {11, 12})
        for stack in stacks.values():
            self.assertEqual((stack["task"], stack["frames"]), (True, []))

    @unittest.skipUnless(importlib.util.find_spec("uvicorn"), "uvicorn is not installed")
    def test_a_snapshot_shows_the_tasks_that_wait(self):
        waits = lambda stack: any("asgi" in line for line in stack["frames"])
        stacks = self.snapshot([11], "uvicorn", "--port=PORT", "shop.asgi:application", there=waits)
        self.assertEqual(set(stacks), {11})
        self.assertTrue(stacks[11]["task"])

    def test_commands_and_worker_threads_serve_no_request(self):
        with Listener() as listener:
            app.python(
                listener,
                "import django; django.setup()\n"
                "import threading\n"
                "from shop.models import Label\n"
                "from _headroom import requests\n"
                "requests.begin(5)\n"  # as a request that starts a thread and does not wait for it
                "thread = threading.Thread(target=Label.objects.count)\n"
                "thread.start(); thread.join()\n"
                "Label.objects.count()\n"
                "requests.end()\n"
                "Label.objects.count()\n",
            )
            self.assertTrue(listener.wait(lambda it: len(it.calls()) == 3))
            self.assertEqual([call.request for call in listener.calls()], [0, 5, 0])
            self.assertEqual(listener.disabled(), [])

    def test_an_sqlite_project_says_that_it_opened_one(self):
        with Listener() as listener:
            code = "import django; django.setup(); from django.db import connection; connection.cursor().execute('SELECT 1')"
            app.python(listener, code, DATABASE_URL="sqlite:")
            self.assertTrue(listener.wait(lambda it: any(peer.opened for peer in it.peers)))
            opened = [(it["vendor"], it["pid"]) for peer in listener.peers for it in peer.opened]
            self.assertEqual(opened, [("sqlite", 0)])
            self.assertEqual(listener.calls(), [])


if __name__ == "__main__":
    unittest.main()
