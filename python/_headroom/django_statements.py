"""Django: every statement, by the public `execute_wrappers` of each connection."""

from time import monotonic_ns

from _headroom import channel, django_models, guard, statements


def connections(module):
    """Each new connection is given our wrapper, by Django's public signal."""
    module.connection_created.connect(_created, weak=False, dispatch_uid="headroom")


def _created(connection=None, **_):
    try:
        pid = statements.backend_pid(connection.connection)
        channel.define('V {%s,"pid":%d}\n' % (django_models.settings(connection), pid))
        django_models.tell()
        if pid and _execute not in connection.execute_wrappers:
            connection.execute_wrappers.append(_execute)
        if hasattr(connection.connection, "pgconn"):
            connection.connection._headroom_told = True  # psycopg 3's own hook leaves it to us
    except Exception:
        guard.failed("django connections", everything=False)


# _execute, then CursorWrapper's _execute_with_wrappers and execute
DEPTH = 4


def _execute(execute, sql, params, many, context):
    start = monotonic_ns()
    try:
        return execute(sql, params, many, context)
    finally:
        statements.told(context["connection"].connection, start, DEPTH)
        if getattr(context["cursor"].cursor, "name", None):
            _fetches(context)


def _fetches(context):
    """A server-side cursor (`.iterator()`) asks the database again in each fetch, and when it is closed."""
    try:
        cursor, connection = context["cursor"], context["connection"]
        for name in ("fetchone", "fetchmany", "fetchall", "close"):
            if name not in cursor.__dict__:
                setattr(cursor, name, _timed(getattr(cursor, name), connection))
    except Exception:
        guard.failed("django cursors", everything=False)


def _timed(method, connection):
    def timed(*args, **kwargs):
        start = monotonic_ns()
        try:
            return method(*args, **kwargs)
        finally:
            statements.told(connection.connection, start)

    return timed
