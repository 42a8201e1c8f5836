"""Django: when a request begins and ends, and its route."""

import re

from _headroom import asgi_requests, channel, files, guard, places, requests


def signals(module):
    """Django's public signals tell of requests under WSGI."""
    module.request_started.connect(_started, weak=False, dispatch_uid="headroom")
    module.request_finished.connect(_finished, weak=False, dispatch_uid="headroom")


def _started(environ=None, **_):
    try:
        if environ is not None and channel.enabled:
            requests.begin(requests.number(environ.get(requests.HEADER)))
    except Exception:
        guard.failed("django requests")


def _finished(sender=None, **_):
    try:
        # An ASGI request ends with its task: this signal may come from another thread.
        if channel.enabled and "asgi" not in getattr(sender, "__module__", "") and not _in_asgi():
            requests.end()
    except Exception:
        guard.failed("django requests")


def _in_asgi():
    runner = requests.serving.get(requests.current.get(), (0, None, 0))[1]
    return hasattr(runner, "get_coro")


def asgi(module):
    """Under ASGI the handler's call marks the task, before Django starts threads of its own for it."""
    handler = module.ASGIHandler
    original = handler.__call__

    async def __call__(self, scope, receive, send):
        async with asgi_requests.serving(scope):
            return await original(self, scope, receive, send)

    handler.__call__ = __call__


def _route(route):
    """The route as Django has it, from the root; without the signs of the regular expressions that routers make."""
    if "^" in route or route.endswith("$"):
        route = re.sub(r"(^|/)\^", r"\1", route)
        route = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", route)
        route = re.sub(r"(\$|\\Z)$", "", route)
    return "/" + route.lstrip("/")


def handlers(module):
    """The route is known once the URL is resolved; above the handler there is no call site to find."""
    import django

    files.library(django)
    guard.found("django", django.get_version(), requests=True)
    handler = module.BaseHandler
    places.handle(handler._get_response.__code__, places.STOP)
    original = handler.resolve_request  # since Django 3.1

    def resolve_request(self, request):
        match = original(self, request)
        try:
            if channel.enabled:
                view = match.func
                cls = getattr(view, "cls", None) or getattr(view, "view_class", None)
                if cls is None and hasattr(view, "model_admin"):
                    cls = type(view.model_admin)
                route = _route(str(match.route))
                requests.routed(route, match._func_path, cls)
        except Exception:
            guard.failed("django routes", everything=False)
        return match

    handler.resolve_request = resolve_request
