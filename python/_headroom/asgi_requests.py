"""ASGI: a request lasts as long as the call of its application."""

import sys

from _headroom import channel, guard, requests

HEADER = b"x-headroom-request"


def wrap(application):
    """The ASGI 3 application, telling of its requests; for servers, as not every framework tells us itself."""

    async def headroom(scope, receive, send):
        async with serving(scope):
            return await application(scope, receive, send)

    return headroom


class serving(object):
    """While it is entered, the running task serves the request of the scope; nothing where that was told already."""

    def __init__(self, scope):
        self._scope = scope
        self._request = 0

    async def __aenter__(self):
        try:
            if channel.enabled and self._scope.get("type") == "http":
                self._begin()
        except Exception:
            guard.failed("asgi")

    def _begin(self):
        for name, value in self._scope.get("headers", ()):
            if name == HEADER:
                request = requests.number(value.decode("latin-1"))
                if request and request not in requests.serving:
                    self._request = request
                    asyncio = sys.modules.get("asyncio")
                    requests.begin(request, asyncio.current_task() if asyncio is not None else None)

    async def __aexit__(self, *error):
        try:
            if self._request:
                requests.finished(self._request)
                requests.current.set(0)
        except Exception:
            guard.failed("asgi")
