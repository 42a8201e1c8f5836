"""Where in the user's own code a statement came from, read off the stack; each place is told once."""

import os
from itertools import count

from _headroom import channel, declared, files, requests

# What a code object means for us, by its id; the object is kept so that its id stays its own.
LIBRARY, USER, STOP = 0, 1, 2
MAX_CODES = 50000
MAX_PLACES = 10000

kinds = {}  # by the code object's id: equality of code objects compares all that is in them
_kept = []
_places = {}
# Two threads that define at once must never take the same number.
_numbers = count(1)


class Seen(object):
    """What a walk up the stack has found so far; handlers fill it. One is made a statement: no `__init__` to run."""

    user = caller = relation = queryset = method = template = None
    line = caller_line = 0
    eager = False
    fields = ()


def of(frame):
    """The place of a statement run beneath `frame`: a number that was defined to Headroom; 0 where there is no room."""
    seen = Seen()
    known = kinds.get
    while frame is not None:
        code = frame.f_code
        kind = known(id(code))
        if kind is None:
            kind = _classify(code)
        if kind:
            if kind == USER:
                if seen.user is None and not seen.fields:
                    seen.user = code
                    seen.line = frame.f_lineno
                elif seen.user is None and seen.caller is None:
                    # a serializer's field says more than the line that asked for its data
                    seen.caller = code
                    seen.caller_line = frame.f_lineno
            elif kind == STOP:
                break
            else:
                kind(frame, seen)
        frame = frame.f_back
    relation, rows = seen.relation, None
    if relation is None and seen.queryset is not None:
        relation, rows = seen.queryset[0](seen.queryset[1])
    view = requests.view.get()
    frames = (id(seen.user), seen.line, id(seen.caller), seen.caller_line)
    key = (frames, relation, rows, seen.method, seen.eager, seen.fields, view, seen.template)
    place = _places.get(key)
    return _define(key, seen, relation, rows, view) if place is None else place


def handle(code, handler):
    """From now on `handler(frame, seen)` is called for each frame of `code`, or the walk ends there (STOP)."""
    kinds[id(code)] = handler
    _kept.append(code)


def kind(code):
    """What a code object means: LIBRARY, USER, STOP or its handler."""
    known = kinds.get(id(code))
    return _classify(code) if known is None else known


def _classify(code):
    if len(_kept) >= MAX_CODES:
        return USER if files.users_own(code.co_filename) else LIBRARY
    kind = USER if files.users_own(code.co_filename) else LIBRARY
    _kept.append(code)
    kinds[id(code)] = kind
    return kind


def _define(key, seen, relation, rows, view):
    if len(_places) >= MAX_PLACES:
        return 0
    place = {}
    fields = [cls.__name__ + "." + name for cls, name, _ in seen.fields]
    field = declared.field(seen.fields)
    view = declared.view(view) if view is not None else None
    if seen.template is not None:
        # Set only where no frame of the user's was further in.
        path, line, name = seen.template
        at = {"path": path, "line": line, "function": name, "how": "template"}
    elif seen.user is not None:
        at = dict(_line(seen.user, seen.line), how="frame")
    elif field is not None:
        at = dict(field, function=fields[-1], how="field")
    elif seen.caller is not None:
        at = dict(_line(seen.caller, seen.caller_line), how="frame")
    elif view is not None and view.get("path"):
        at = dict(view, function=view["name"], how="view")
        at.pop("name")
    else:
        at = {"how": "unknown"}
    place.update(at)
    if place.get("path") and "file" not in place:
        place["file"] = files.relative(place["path"])
    if relation is not None:
        model, name, target, kind, filtered = relation
        place["relation"] = {
            "model": model,
            "name": name,
            "target": target,
            "kind": kind,
            "filtered": filtered or None,
            "eager": seen.eager or None,
            "method": seen.method,
            "path": declared.path(seen.fields, model, name),
        }
    if rows is not None:
        model, line = rows
        place["rows"] = dict({} if line is None else _line(line.code, line.number), model=model.__name__, method=seen.method)
    place["fields"] = fields or None
    place["field"] = field
    place["view"] = view
    number = next(_numbers)
    channel.define("P %d %s\n" % (number, channel.json(place)))
    _kept.extend(code for code in (seen.user, seen.caller) if code is not None)
    _places[key] = number
    return number


def _line(code, line):
    path = os.path.abspath(code.co_filename)
    function = getattr(code, "co_qualname", code.co_name).replace("<locals>.", "")
    return {"path": path, "file": files.relative(path), "line": line, "function": function}


channel.on_fork(_places.clear)
