"""Under every server, with 8 threads and 8 clients, each statement is told for the request that ran it.

Each statement carries a value that only its request has. PostgreSQL's log gives the statements of each backend in
order, the side channel the calls of each backend in order: one by one they must name the same request.
"""

import importlib.util
import re
import unittest

from tests import app, cluster
from tests.listener import Listener

MISSING = cluster.missing() or next(
    ("%s is not installed" % name for name in ("django", "rest_framework", "psycopg2") if not importlib.util.find_spec(name)),
    None,
)
# Sent by the driver on its own, within no call of the app's or inside one that runs more.
BY_THE_DRIVER = re.compile(r"(BEGIN|COMMIT|ROLLBACK|SELECT set_config)\b(?! TO)")
# What the statements of /books load, by their table and whether they count.
BOOKS = {
    ("shop_book", False): None,
    ("shop_author", False): "Book.author",
    ("shop_profile", False): "Author.profile",
    ("shop_label", False): "Book.labels",
    ("shop_book", True): "Author.books",
}
WSGI = ["/work/7", "/stream", "/fail"]


def needs(name):
    return unittest.skipUnless(importlib.util.find_spec(name), name + " is not installed")


@unittest.skipIf(MISSING, MISSING)
class AttributionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Listener() as listener:
            app.migrate(listener)

    def check(self, paths, *command, workers=1, **environment):
        before = {pid: len(texts) for pid, texts in cluster.cluster().statements().items()}
        with Listener() as listener:
            with app.Server(listener, *command, **environment) as server:
                statuses, rounds = server.hammer(paths), 1
                # the first worker may be done with all before the next one has started
                while len([peer for peer in listener.peers if peer.calls]) < workers and rounds < 20:
                    statuses, rounds = server.hammer(paths), rounds + 1
                done = listener.wait(
                    lambda it: it.ended() >= set(statuses) and sum(len(peer.ended) for peer in it.peers) >= rounds * len(statuses)
                )
            self.assertTrue(done, "no end of %s" % sorted(set(statuses) - listener.ended()))
            self.assertEqual(listener.disabled(), [])
            self.assertEqual(list(statuses.values()).count(500), 40 if "/fail" in paths else 0)
            logged = cluster.cluster().statements()
            by_backend = {}
            for call in sorted(listener.calls(), key=lambda call: call.start):
                by_backend.setdefault(call.pid, []).append(call)
            compared = 0
            for pid, calls in by_backend.items():
                texts = [text for text in logged[pid][before.get(pid, 0) :] if not BY_THE_DRIVER.match(text)]
                self.assertEqual(len(calls), len(texts), texts)
                for call, text in zip(calls, texts):
                    marked = re.search(r"mark-(\d+)-", text)
                    if marked:
                        self.assertEqual(call.request, int(marked.group(1)), text)
                        compared += 1
                    else:
                        # Django's own: savepoints and cursors of a request, and what its server asks for at start.
                        of_request = bool(re.search("SAVEPOINT|FETCH|CLOSE", text))
                        self.assertEqual(of_request, call.request in statuses, text)
            self.assertGreater(compared, len(statuses) * 2)
            self.assertTrue(any(peer.tells_of_requests for peer in listener.peers))
            for peer in listener.peers:
                for request, route in peer.routed.items():
                    self.assertIn(route["route"], {"/work/<int:number>", "/stream", "/fail", "/async"})
            self.assertEqual({r for p in listener.peers for r in p.routed}, set(statuses))
            return listener

    @needs("waitress")
    def test_waitress_with_8_threads(self):
        self.check(WSGI, "waitress", "--threads=8", "--port=PORT", "--send-bytes=50", "shop.wsgi:application")

    @needs("waitress")
    def test_each_statement_has_the_place_of_its_own_call_from_the_first_one_on(self):
        app.fill()
        command = ["waitress", "--threads=8", "--port=PORT", "shop.wsgi:application"]
        for attempt in range(3):
            before = {pid: len(texts) for pid, texts in cluster.cluster().statements().items()}
            with Listener() as listener:
                with app.Server(listener, *command) as server:
                    statuses = server.hammer(["/books"], rounds=1)
                    self.assertTrue(listener.wait(lambda it: it.ended() >= set(statuses)))
                self.assertEqual(set(statuses.values()), {200})
                logged = cluster.cluster().statements()
                compared = 0
                for pid in {call.pid for call in listener.calls()}:
                    texts = [text for text in logged[pid][before.get(pid, 0) :] if not BY_THE_DRIVER.match(text)]
                    calls = sorted((call for call in listener.calls() if call.pid == pid), key=lambda call: call.start)
                    self.assertEqual(len(calls), len(texts))
                    for call, text in zip(calls, texts):
                        if call.request:
                            self.assertEqual(call.relation, BOOKS[re.search('FROM "([a-z_]+)"', text).group(1), "COUNT" in text], text)
                            compared += 1
                self.assertEqual(compared, 8 * (1 + 20 * 4))

    @needs("waitress")
    def test_waitress_with_connections_that_last(self):
        command = ["waitress", "--threads=8", "--port=PORT", "shop.wsgi:application"]
        listener = self.check(WSGI, *command, CONN_MAX_AGE="60")
        self.assertLessEqual(len({call.pid for call in listener.calls()}), 9)

    @needs("waitress")
    def test_waitress_with_atomic_requests(self):
        self.check(WSGI[:1], "waitress", "--threads=8", "--port=PORT", "shop.wsgi:application", ATOMIC_REQUESTS="1")

    @needs("gunicorn")
    def test_gunicorn_sync_workers(self):
        self.check(WSGI, "gunicorn", "-w", "3", "-b", "127.0.0.1:PORT", "shop.wsgi:application")

    @needs("gunicorn")
    def test_gunicorn_threads(self):
        command = ["gunicorn", "-w", "2", "-k", "gthread", "--threads", "4", "-b", "127.0.0.1:PORT"]
        listener = self.check(WSGI, *command, "shop.wsgi:application", workers=2, CONN_MAX_AGE="60")
        self.assertEqual(len([peer for peer in listener.peers if peer.calls]), 2)

    @needs("gunicorn")
    def test_gunicorn_that_loads_the_app_before_it_forks(self):
        command = ["gunicorn", "--preload", "-w", "2", "-k", "gthread", "--threads", "4", "-b", "127.0.0.1:PORT"]
        self.check(WSGI, *command, "shop.wsgi:application")

    @needs("gunicorn")
    def test_gunicorn_that_reloads(self):
        self.check(WSGI, "gunicorn", "--reload", "-w", "2", "-b", "127.0.0.1:PORT", "shop.wsgi:application")

    @needs("gevent")
    @needs("psycogreen")
    def test_gevent_workers_with_a_driver_that_yields(self):
        config = ["-c", "python:gevent_config"]
        command = ["gunicorn", "-w", "1", "-k", "gevent", "-b", "127.0.0.1:PORT"]
        self.check(WSGI, *command, *config, "shop.wsgi:application")

    @needs("uvicorn")
    def test_uvicorn_with_async_views_and_sync_ones(self):
        self.check(["/async", "/work/7", "/fail"], "uvicorn", "--port=PORT", "shop.asgi:application")

    def test_djangos_own_server(self):
        self.check(WSGI, "django", "runserver", "--noreload", "127.0.0.1:PORT")


if __name__ == "__main__":
    unittest.main()
