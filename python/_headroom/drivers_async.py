"""asyncio drivers: asyncpg, and psycopg 3's asynchronous cursor."""

import functools
from time import monotonic_ns

from _headroom import guard, statements


def asyncpg(module):
    """The public methods of a connection, before its pool copies them."""
    for name in ("execute", "executemany", "fetch", "fetchval", "fetchrow"):
        _timed(module.Connection, name, lambda connection: connection)
    guard.found("asyncpg", guard.version(module))


def asyncpg_prepared(module):
    """The public methods of a prepared statement."""
    for name in ("fetch", "fetchval", "fetchrow", "executemany"):
        _timed(module.PreparedStatement, name, lambda statement: statement._connection)


def psycopg(module):
    """psycopg 3's asynchronous cursor."""
    for name in ("execute", "executemany"):
        _timed(module.AsyncCursor, name, lambda cursor: cursor.connection)


def _timed(cls, name, connection_of):
    original = getattr(cls, name)

    @functools.wraps(original)
    async def method(self, *args, **kwargs):
        start = monotonic_ns()
        try:
            return await original(self, *args, **kwargs)
        finally:
            statements.told(connection_of(self), start)

    setattr(cls, name, method)
