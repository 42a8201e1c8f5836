"""Drivers used without a framework that tells: psycopg2 and psycopg 3. Their asynchronous ones are in drivers_async."""

import sys
from time import monotonic_ns

from _headroom import channel, guard, statements

# Callers whose statements are told by hooks of their own.
FRAMEWORKS = ("django.", "sqlalchemy.")


def psycopg2(module):
    """Connections get a cursor_factory, psycopg2's public extension point, unless the app names its own."""
    original = module.connect
    plain = module.extensions.cursor

    class cursor(plain):
        def execute(self, *args, **kwargs):
            start = monotonic_ns()
            try:
                return plain.execute(self, *args, **kwargs)
            finally:
                statements.told(self.connection, start)

        def executemany(self, *args, **kwargs):
            start = monotonic_ns()
            try:
                return plain.executemany(self, *args, **kwargs)
            finally:
                statements.told(self.connection, start)

        def callproc(self, *args, **kwargs):
            start = monotonic_ns()
            try:
                return plain.callproc(self, *args, **kwargs)
            finally:
                statements.told(self.connection, start)

    def connect(dsn=None, connection_factory=None, cursor_factory=None, **kwargs):
        framework = True
        try:
            framework = sys._getframe(1).f_globals.get("__name__", "").startswith(FRAMEWORKS)
            if not framework and connection_factory is None and cursor_factory is None:
                cursor_factory = cursor
        except Exception:
            guard.failed("psycopg2", everything=False)
        connection = original(dsn, connection_factory, cursor_factory, **kwargs)
        if not framework:
            opened(connection)
        return connection

    connect.__doc__ = original.__doc__
    module.connect = connect
    guard.found("psycopg2", module.__version__.split()[0])


def opened(connection):
    """Tells that the app opened a connection to PostgreSQL."""
    try:
        channel.define("V %s\n" % channel.json({"vendor": "postgresql", "pid": statements.backend_pid(connection)}))
    except Exception:
        guard.failed("connections", everything=False)


def psycopg(module):
    """psycopg 3's cursor is a class in Python."""
    for name in ("execute", "executemany"):
        _timed(module.Cursor, name)
    guard.found("psycopg", guard.version(module))


def psycopg_server(module):
    """Server-side cursors declare their cursor in `execute`."""
    _timed(module.ServerCursor, "execute")


def _timed(cls, name):
    original = getattr(cls, name)

    def method(self, *args, **kwargs):
        if getattr(self.connection, "_headroom_told", False):
            return original(self, *args, **kwargs)
        start = monotonic_ns()
        try:
            return original(self, *args, **kwargs)
        finally:
            statements.told(self.connection, start)

    method.__name__, method.__doc__ = name, original.__doc__
    setattr(cls, name, method)
