"""Tells of each call of a database driver: connection, time, request, place."""

import sys
from _thread import get_ident
from time import monotonic_ns

from _headroom import channel, guard, places
from _headroom.requests import current

_pid_of = {}


def told(connection, start, depth=1):
    """A call on a driver's connection that began at `start` is over.

    The call site is looked for from the frame `depth` steps above this one: each that is passed over costs nothing.
    """
    try:
        end = monotonic_ns()
        if connection is not None and channel.enabled:
            try:
                pid = connection.get_backend_pid()  # psycopg2, which most use
            except Exception:
                pid = backend_pid(connection)
            if pid:
                place = places.of(sys._getframe(depth))
                channel.offer("X %d %d %d %d %d %d\n" % (pid, current.get(), start, end, place, get_ident()))
    except Exception:
        guard.failed("statements")


def backend_pid(connection):
    """The connection's PostgreSQL process id, without a round trip; 0 where it has none."""
    kind = type(connection)
    ask = _pid_of.get(kind)
    if ask is None:
        ask = _pid_of[kind] = _way_to_ask(connection)
    try:
        return ask(connection)
    except Exception:
        return 0  # closed meanwhile


def _way_to_ask(connection):
    if hasattr(connection, "get_backend_pid"):  # psycopg2
        return lambda it: it.get_backend_pid()
    if hasattr(connection, "get_server_pid"):  # asyncpg
        return lambda it: it.get_server_pid()
    if hasattr(getattr(connection, "info", None), "backend_pid"):  # psycopg 3
        return lambda it: it.info.backend_pid
    for inner in ("driver_connection", "_connection"):  # SQLAlchemy's adapters around async drivers
        if getattr(connection, inner, None) is not None:
            return lambda it: backend_pid(getattr(it, inner))
    return lambda it: 0
