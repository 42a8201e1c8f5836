"""Which request this thread, task or greenlet serves."""

import sys
from _contextvars import ContextVar
from _thread import get_ident
from itertools import count
from time import monotonic_ns

from _headroom import channel, guard

HEADER = "HTTP_X_HEADROOM_REQUEST"

# Follows a thread, a task, a greenlet, and asgiref's sync_to_async and async_to_sync.
current = ContextVar("headroom_request", default=0)

# The class of the view that the current request was routed to.
view = ContextVar("headroom_view", default=None)

# request -> (thread, task or greenlet or None, when it began), and -> its route, for snapshots
serving = {}
route_of = {}
_routes = {}
MAX_ROUTES = 10000
# Two threads that define at once must never take the same number.
_numbers = count(1)


def number(value):
    """The request's id in our header's value; 0 where it is none of ours."""
    if value and len(value) < 19 and value.isdigit():
        return int(value)
    return 0


def begin(request, runner=None):
    """This thread (or task, or greenlet) serves `request` from now on."""
    before = current.get()
    if before == request:
        return  # the server told before the framework
    if before:
        finished(before)  # its response was never closed
    current.set(request)
    view.set(None)
    if request:
        thread, now = get_ident(), monotonic_ns()
        serving[request] = (thread, runner or _greenlet(), now)
        channel.offer("B %d %d %d\n" % (request, thread, now))


def end():
    """The request is over here."""
    request = current.get()
    if request:
        current.set(0)
        finished(request)


def finished(request):
    """The request is over, wherever that was noticed."""
    if serving.pop(request, None) is not None:
        route_of.pop(request, None)
        channel.offer("E %d %d %d\n" % (request, get_ident(), monotonic_ns()))


def routed(route, name, cls):
    """The framework has found its route, and the view by its name and, if it is one, its class."""
    view.set(cls)
    request = current.get()
    if request:
        if request in serving:
            route_of[request] = route
        key = (route, name)
        known = _routes.get(key)
        if known is None:
            if len(_routes) >= MAX_ROUTES:
                return
            known = next(_numbers)
            channel.define("U %d %s\n" % (known, channel.json({"route": route, "view": name})))
            _routes[key] = known
        channel.offer("R %d %d\n" % (request, known))


def _greenlet():
    greenlet = sys.modules.get("greenlet")
    if greenlet is None or "gevent" not in sys.modules and "eventlet" not in sys.modules:
        return None
    return greenlet.getcurrent()


def _forget():
    serving.clear()
    route_of.clear()
    _routes.clear()


channel.on_fork(_forget)
