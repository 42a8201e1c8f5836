"""WSGI: a request begins when its application is called and ends when the server closes the body."""

from _headroom import guard, requests


def wrap(application):
    """The application, telling of its requests; for servers, as not every framework tells us itself."""

    def headroom(environ, start_response):
        _begin(environ)
        try:
            result = application(environ, start_response)
        except BaseException:
            _end()
            raise
        file_wrapper = environ.get("wsgi.file_wrapper")
        if isinstance(result, (list, tuple)) or isinstance(file_wrapper, type) and isinstance(result, file_wrapper):
            _end()  # nothing of the app's runs after this, or the server must see its own type
            return result
        if not requests.current.get():
            return result
        return _SizedBody(result) if hasattr(result, "__len__") else _Body(result)

    return headroom


def _begin(environ):
    try:
        requests.begin(requests.number(environ.get(requests.HEADER)))
    except Exception:
        guard.failed("wsgi")


def _end():
    try:
        requests.end()
    except Exception:
        guard.failed("wsgi")


class _Body(object):
    """The app's own body, but that its close ends the request."""

    def __init__(self, body):
        self._body = body

    def __iter__(self):
        return iter(self._body)

    def __getattr__(self, name):
        return getattr(self._body, name)

    def close(self):
        try:
            close = getattr(self._body, "close", None)
            if close is not None:
                close()
        finally:
            _end()


class _SizedBody(_Body):
    """A body whose length servers may ask for."""

    def __len__(self):
        return len(self._body)
