"""Places and routes keep their identity however many threads define them at once."""

import os
import subprocess
import sys
import unittest

from tests.listener import Listener

TOGETHER = """
import sys, threading
from _headroom import %(module)s as module, channel
both = threading.Barrier(2)
define = channel.define
def slowly(line):
    both.wait(60)
    define(line)
channel.define = slowly
numbers = []
def one():
    numbers.append(%(one)s)
def other():
    numbers.append(%(other)s)
threads = [threading.Thread(target=each) for each in (one, other)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(set(numbers)))
"""


class PlacesTest(unittest.TestCase):
    def setUp(self):
        self.listener = Listener()
        self.addCleanup(self.listener.__exit__)

    def python(self, code):
        environment = dict(os.environ, **self.listener.environment)
        done = subprocess.run([sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, timeout=120)
        self.assertEqual(done.returncode, 0)
        return done.stdout.decode().strip()

    def test_two_threads_that_define_a_place_at_once_get_a_number_each(self):
        place = "module.of(sys._getframe())"
        self.assertEqual(self.python(TOGETHER % {"module": "places", "one": place, "other": place}), "2")
        self.assertTrue(self.listener.heard())
        self.assertEqual(len(self.listener.peers[0].places), 3)

    def test_two_threads_that_define_a_route_at_once_get_a_number_each(self):
        route = "(module.current.set(1), module.routed(%r, 'view', None), module._routes[(%r, 'view')])[2]"
        routes = {"one": route % ("/one", "/one"), "other": route % ("/other", "/other")}
        self.assertEqual(self.python(TOGETHER % dict(routes, module="requests")), "2")
        self.assertTrue(self.listener.heard())
        self.assertEqual(len(self.listener.peers[0].routes), 2)


if __name__ == "__main__":
    unittest.main()
