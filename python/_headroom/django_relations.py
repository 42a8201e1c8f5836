"""Django: the relation that a statement loads lazily, read off the ORM's own frames."""

import sys

from _headroom import django_querysets, guard, places

# Those that ask the database; the outermost on the stack is the one that the user called.
METHODS = {"_fetch_all": "all", "_iterator": "iterator"}
METHODS.update((name, name) for name in ("iterator", "first", "last", "get", "count", "exists", "aggregate"))
METHODS.update((name, name) for name in ("earliest", "latest", "in_bulk"))

# descriptor -> relation: as many as the models have foreign keys
_known = {}

# (model, path, attribute, depth) of a prefetch -> its relation but for what a generic one leads to
_prefetched = {}
MAX_PREFETCHED = 10000


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
    places.handle(module.ModelIterable.__iter__.__code__, _iterable)
    for name in ("ValuesIterable", "ValuesListIterable", "FlatValuesListIterable"):
        places.handle(getattr(module, name).__iter__.__code__, _values)
    for name in METHODS:
        method = getattr(module.QuerySet, name, None)
        if method is not None:
            places.handle(method.__code__, _queryset)
    places.handle(module.prefetch_one_level.__code__, _prefetch)
    django_querysets.clones(module)


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


def _values(frame, seen):
    _iterable(frame, seen)
    seen.method = "values"


def _queryset(frame, seen):
    if seen.user is None and not seen.fields:
        if seen.queryset is None:
            seen.queryset = (_owner, frame)
        if not seen.eager and seen.method != "values":
            seen.method = METHODS[frame.f_code.co_name]


def _prefetch(frame, seen):
    if seen.user is None and not seen.eager:
        scope = frame.f_locals
        instances, lookup, level = scope["instances"], scope["lookup"], scope["level"]
        if instances:
            model = type(instances[0])
            key = (model, lookup.prefetch_through, lookup.prefetch_to, level)
            relation = _prefetched.get(key)
            if relation is None:
                name = lookup.get_current_to_attr(level)[0]
                through = lookup.prefetch_through.split("__")[level]
                target = _query_set(seen.queryset[1]).model if seen.queryset else None
                kind = _kind(model, through)
                relation = (model.__name__, through or name, target.__name__ if target is not None else "?", kind, False)
                # a generic one leads to another model each time
                if kind != "generic" and len(_prefetched) < MAX_PREFETCHED:
                    _prefetched[key] = relation
            if seen.relation is None:
                seen.relation = relation
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
    """The relation whose manager made a query set, or else its model with the line that made it."""
    try:
        queryset = _query_set(frame)
        for field in queryset._known_related_objects:
            related = field.remote_field
            if related is not None and queryset.model is field.model:
                name = related.get_accessor_name()
                return (related.model.__name__, name, field.model.__name__, "reverse", _filtered(queryset)), None
        hints = queryset._hints
        instance = hints.get("instance") if hints else None
        relation = None if instance is None else _many_to_many(queryset, type(instance))
        if relation is None and queryset.model._meta.private_fields:
            relation = _generic_reverse(queryset)
        if relation is not None:
            return relation, None
        return None, (queryset.model, django_querysets.made(queryset))
    except Exception:
        guard.failed("django relations", everything=False)
    return None, None


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


def _generic_reverse(queryset):
    """The GenericRelation whose manager made a query set: it asks for one content type and one object."""
    model = queryset.model
    keys = {field.ct_field: field for field in model._meta.private_fields if hasattr(field, "ct_field")}
    for condition in queryset.query.where.children:
        target = getattr(getattr(condition, "lhs", None), "target", None)
        if target is None or target.name not in keys:
            continue
        for owner in _content_type(queryset.db, condition.rhs):
            leading = [field for field in owner._meta.private_fields if field.related_model is model]
            if len(leading) == 1:
                return (owner.__name__, leading[0].name, model.__name__, "reverse", _filtered(queryset, 2))
    return None


def _content_type(database, key):
    """The class of a content type that Django knows already; never asks the database."""
    types = sys.modules["django.contrib.contenttypes.models"].ContentType.objects._cache
    known = types.get(database, {}).get(key)
    owner = None if known is None else known.model_class()
    return [] if owner is None else [owner]


def _filtered(queryset, conditions=1):
    """Whether the query asks for less than the whole relation: a condition more than the owner's, or a limit."""
    query = queryset.query
    return bool(len(query.where.children) > conditions or query.is_sliced)
