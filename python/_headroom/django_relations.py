"""Django: the relation that a statement loads lazily, read off the ORM's own frames."""

from _headroom import guard, places

# descriptor -> relation: as many as the models have foreign keys
_known = {}


def descriptors(module):
    """`order.office`, `user.profile`: the descriptor's frame knows the field."""
    places.handle(module.ForwardManyToOneDescriptor.__get__.__code__, _forward)
    places.handle(module.ReverseOneToOneDescriptor.__get__.__code__, _reverse_one_to_one)


def deferred(module):
    """A field that `only` or `defer` left out."""
    places.handle(module.DeferredAttribute.__get__.__code__, _deferred)


def generic(module):
    """`comment.content_object`."""
    places.handle(module.GenericForeignKey.__get__.__code__, _generic)


def querysets(module):
    """Query sets that come from a related manager know whose they are."""
    for name in ("ModelIterable", "ValuesIterable", "ValuesListIterable", "FlatValuesListIterable"):
        places.handle(getattr(module, name).__iter__.__code__, _iterable)
    for name in ("count", "exists", "aggregate", "first", "last", "iterator", "_fetch_all", "get"):
        method = getattr(module.QuerySet, name, None)
        if method is not None:
            places.handle(method.__code__, _queryset)
    places.handle(module.prefetch_one_level.__code__, _prefetch)


def _relation(seen, model, name, target, kind):
    # Only what runs beneath the user's own code is what that code asked for.
    if seen.user is None and seen.relation is None:
        seen.relation = (model.__name__, name, target.__name__ if target is not None else "?", kind, False)


def _forward(frame, seen):
    if seen.user is None and seen.relation is None:
        descriptor = frame.f_locals["self"]
        seen.relation = _known.get(descriptor)
        if seen.relation is None:
            field = descriptor.field
            kind = "one_to_one" if field.one_to_one else "forward"
            _relation(seen, field.model, field.name, field.related_model, kind)
            _known[descriptor] = seen.relation


def _reverse_one_to_one(frame, seen):
    related = frame.f_locals["self"].related
    _relation(seen, related.model, related.get_accessor_name(), related.related_model, "one_to_one")


def _deferred(frame, seen):
    field = frame.f_locals["self"].field
    _relation(seen, field.model, field.attname, field.model, "deferred")


def _generic(frame, seen):
    field = frame.f_locals["self"]
    _relation(seen, field.model, field.name, None, "generic")


def _iterable(frame, seen):
    if seen.user is None and seen.queryset is None:
        seen.queryset = (_owner, frame)  # read only if no descriptor further out tells: locals are dear


def _queryset(frame, seen):
    if seen.user is None and seen.queryset is None:
        seen.queryset = (_owner, frame)


def _prefetch(frame, seen):
    if seen.user is None and not seen.eager:
        scope = frame.f_locals
        instances = scope["instances"]
        name = scope["lookup"].get_current_to_attr(scope["level"])[0]
        through = scope["lookup"].prefetch_through.split("__")[scope["level"]]
        if instances:
            target = _query_set(seen.queryset[1]).model if seen.queryset else None
            _relation(seen, type(instances[0]), through or name, target, _kind(type(instances[0]), through))
            seen.eager = True


def _kind(model, name):
    for field in model._meta.get_fields():
        if name in (field.name, getattr(field, "get_accessor_name", lambda: None)()):
            if field.many_to_many:
                return "many_to_many"
            if field.one_to_one:
                return "one_to_one"
            return "reverse" if field.one_to_many else "forward" if field.related_model else "generic"
    return "reverse"


def _query_set(frame):
    """The query set of a frame of its own or of its iterable's."""
    its = frame.f_locals["self"]
    return getattr(its, "queryset", its)


def _owner(frame):
    """The relation whose manager made a query set; None where it was made from the model's."""
    try:
        queryset = _query_set(frame)
        for field in queryset._known_related_objects:
            related = field.remote_field
            if related is not None and queryset.model is field.model:
                name = related.get_accessor_name()
                return (related.model.__name__, name, field.model.__name__, "reverse", _filtered(queryset))
        instance = queryset._hints.get("instance")
        if instance is not None:
            return _many_to_many(queryset, type(instance))
    except Exception:
        guard.failed("django relations", everything=False)
    return None


def _many_to_many(queryset, owner):
    """The many-to-many of `owner` whose table between is among the query's."""
    tables = {getattr(join, "table_name", None) for join in queryset.query.alias_map.values()}
    for field in owner._meta.get_fields(include_hidden=True):
        if not field.many_to_many:
            continue
        through = getattr(field, "through", None) or field.remote_field.through
        if field.related_model is queryset.model and through._meta.db_table in tables:
            name = field.get_accessor_name() if field.auto_created else field.name
            return (owner.__name__, name, queryset.model.__name__, "many_to_many", _filtered(queryset))
    return None


def _filtered(queryset):
    """Whether the query asks for less than the whole relation: a condition more than the owner's, or a limit."""
    query = queryset.query
    return bool(len(query.where.children) > 1 or query.is_sliced)
