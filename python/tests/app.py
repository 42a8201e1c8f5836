"""Starts Python programs as `headroom run` does, for the tests."""

import http.client
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from tests.cluster import cluster, free_port
from tests.listener import FOLDER, Listener

TESTS = os.path.join(FOLDER, "tests")


def environment(listener, **more):
    """The child's environment; ours comes first on PYTHONPATH, as with `run`."""
    its = dict(os.environ, DATABASE_URL=cluster().url(), DJANGO_SETTINGS_MODULE="shop.settings")
    its.update(listener.environment)
    its["PYTHONPATH"] += os.pathsep + TESTS
    its.update(more)
    return its


def python(listener, code, **more):
    """Runs a program with Django set up; its output."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(listener, **more),
        cwd=TESTS,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=120,
        text=True,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def migrate(listener):
    python(
        listener,
        "import django; django.setup();"
        "from django.core.management import call_command as call;"
        "call('migrate', run_syncdb=True, verbosity=0)",
    )


def fill():
    """20 books, each of another author and with three labels, and nothing else."""
    with Listener() as listener:
        python(
            listener,
            "import django; django.setup()\n"
            "from shop.models import *\n"
            "Book.objects.all().delete(); Author.objects.all().delete()\n"
            "labels = [Label.objects.create(name=name) for name in 'xyz']\n"
            "for i in range(20):\n"
            "    author = Author.objects.create(name='author %d' % i)\n"
            "    Profile.objects.create(author=author, city='Rome')\n"
            "    Book.objects.create(author=author, title='book %d' % i).labels.set(labels)\n",
        )


class Server(object):
    """A server under test: started, waited for, stopped."""

    def __init__(self, listener, *command, **more):
        self.port = free_port()
        self._process = subprocess.Popen(
            [sys.executable, "-m"] + [part.replace("PORT", str(self.port)) for part in command],
            env=environment(listener, **more),
            cwd=TESTS,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def __enter__(self):
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return self
            except OSError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    self._process.kill()
                    raise AssertionError(self._process.communicate()[1].decode("utf-8", "replace"))
                time.sleep(0.02)

    def __exit__(self, *error):
        self._process.terminate()
        try:
            self._process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def get(self, path, request=None):
        """The status of one request, and its body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path, headers={"X-Headroom-Request": str(request)} if request else {})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response.status, body

    def hammer(self, paths, clients=8, rounds=5):
        """So many clients at once, each request with an id of its own; the ids with their statuses."""
        jobs = [(path, 1000 + number) for number, path in enumerate(paths * clients * rounds)]
        with ThreadPoolExecutor(clients) as pool:
            return dict(pool.map(lambda job: (job[1], self.get(*job)[0]), jobs))
