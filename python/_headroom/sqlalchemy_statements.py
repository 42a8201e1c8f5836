"""SQLAlchemy, core and ORM: its public cursor events; the relation from the loader's frame."""

from time import monotonic_ns

from _headroom import channel, files, guard, places, statements


def engine(module):
    """Events of every engine of the process."""
    files.library(module)
    guard.found("sqlalchemy", module.__version__)
    listen, every = module.event.listen, module.engine.Engine
    listen(every, "before_cursor_execute", _before)
    listen(every, "after_cursor_execute", _after)
    listen(every, "handle_error", _failed)


def _before(conn, cursor, statement, parameters, context, executemany):
    try:
        if context is not None and channel.enabled:
            connection = cursor.connection
            if hasattr(connection, "pgconn"):
                connection._headroom_told = True  # psycopg 3's own hook leaves it to us
            context._headroom_start = monotonic_ns()
    except Exception:
        guard.failed("sqlalchemy", everything=False)


def _after(conn, cursor, statement, parameters, context, executemany):
    start = getattr(context, "_headroom_start", None)
    if start is not None:
        context._headroom_start = None
        statements.told(_connection(cursor), start)


def _failed(failure):
    context = failure.execution_context
    start = getattr(context, "_headroom_start", None)
    if start is not None:
        context._headroom_start = None
        statements.told(_connection(context.cursor), start)


def _connection(cursor):
    # SQLAlchemy's adapters around asyncio drivers keep the driver's connection one step further.
    return getattr(cursor, "connection", None) or getattr(cursor, "_connection", None)


def strategies(module):
    """Lazy loads of relations and of deferred columns; and eager loads in statements of their own."""
    places.handle(module.LazyLoader._load_for_state.__code__, _lazy)
    places.handle(module.DeferredColumnLoader._load_for_state.__code__, _deferred)
    for name in ("SelectInLoader", "SubqueryLoader"):
        loader = getattr(module, name, None)
        method = getattr(loader, "_load_for_path", None) or getattr(loader, "create_row_processor", None)
        if method is not None:
            places.handle(method.__code__, _eager)


def _lazy(frame, seen):
    if seen.user is None and seen.relation is None:
        _relation(seen, frame.f_locals["self"].parent_property)


def _eager(frame, seen):
    if seen.user is None and seen.relation is None:
        _relation(seen, frame.f_locals["self"].parent_property)
        seen.eager = True


def _relation(seen, relationship):
    direction = relationship.direction.name
    kind = {"MANYTOONE": "forward", "MANYTOMANY": "many_to_many"}.get(direction, "reverse")
    if direction == "ONETOMANY" and not relationship.uselist:
        kind = "one_to_one"
    owner, target = relationship.parent.class_.__name__, relationship.mapper.class_.__name__
    seen.relation = (owner, relationship.key, target, kind, False)


def _deferred(frame, seen):
    if seen.user is None and seen.relation is None:
        loader = frame.f_locals["self"]
        owner = loader.parent_property.parent.class_.__name__
        seen.relation = (owner, loader.key, owner, "deferred", False)
