"""Servers: the application that they are given is wrapped, as not every framework tells of its requests."""

from _headroom import asgi_requests, guard, wsgi_requests


def waitress(module):
    """waitress-serve and waitress.serve make their server by create_server."""
    original = module.create_server

    def create_server(application, *args, **kwargs):
        return original(wsgi_requests.wrap(application), *args, **kwargs)

    module.create_server = create_server
    guard.found("waitress", guard.version(module), requests=True)


def gunicorn(module):
    """gunicorn's own workers serve WSGI; those of uvicorn and others serve ASGI and are told of elsewhere."""
    original = module.Worker.load_wsgi

    def load_wsgi(self):
        original(self)
        if type(self).__module__.startswith("gunicorn.workers.") and getattr(self, "wsgi", None) is not None:
            self.wsgi = wsgi_requests.wrap(self.wsgi)

    module.Worker.load_wsgi = load_wsgi
    guard.found("gunicorn", guard.version(module), requests=True)


def wsgiref(module):
    """The standard library's server, which Django's runserver builds on."""
    original = module.WSGIServer.set_app

    def set_app(self, application):
        original(self, wsgi_requests.wrap(application) if application is not None else None)

    module.WSGIServer.set_app = set_app


def uvicorn(module):
    """uvicorn's Config loads the application and adapts it to ASGI 3."""
    original = module.Config.load

    def load(self):
        original(self)
        self.loaded_app = asgi_requests.wrap(self.loaded_app)

    module.Config.load = load
    guard.found("uvicorn", guard.version(module), requests=True)
