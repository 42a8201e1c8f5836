"""Django and its REST framework: the template line, serializer and field on the stack, and where it may end."""

from _headroom import files, guard, places

MAX_DEPTH = 8


def views(module):
    """Above a class-based view there is no call site to find; function views are the user's own frames."""
    places.handle(module.View.dispatch.__code__, places.STOP)


def rest_views(module):
    """REST framework's views have a dispatch of their own."""
    import rest_framework

    files.library(rest_framework)
    guard.found("djangorestframework", rest_framework.VERSION)
    places.handle(module.APIView.dispatch.__code__, places.STOP)


def serializers(module):
    """A serializer's loop over its fields."""
    places.handle(module.Serializer.to_representation.__code__, _serializer)


def templates(module):
    """A node of a Django template knows its line."""
    places.handle(module.Node.render_annotated.__code__, _template)


def _serializer(frame, seen):
    if len(seen.fields) < MAX_DEPTH:
        scope = frame.f_locals
        field = scope.get("field")
        if field is not None:
            attributes = tuple(getattr(field, "source_attrs", ()))
            seen.fields = ((type(scope["self"]), field.field_name, attributes),) + seen.fields


def _template(frame, seen):
    if seen.template is None and seen.user is None:
        node = frame.f_locals["self"]
        origin = getattr(node, "origin", None)
        if origin is not None and node.token is not None:
            if files.users_own(origin.name):
                seen.template = (origin.name, node.token.lineno, str(origin.template_name))
