"""Where a class of the user's declares a field, a query set, a method: found in its source once a place."""

import re
import sys

from _headroom import files


def field(fields):
    """Where the innermost serializer field in the user's own code is declared; None where there is none."""
    for cls, name, _ in reversed(fields):
        its = re.escape(name)
        path, line = _find(cls, [r"%s\s*=" % its, r"def get_%s\b" % its, r".*['\"]%s['\"]" % its])
        if path:
            return {"path": path, "file": files.relative(path), "line": line}
    return None


def path(fields, model, relation):
    """The relation's path from the outermost serializer's model, as the ORM writes it: `user__office__company`.

    None where the user's own code (a property, a method field) reached it in a way that can't be seen.
    """
    if not fields:
        return None
    names = [name for _, _, attributes in fields[:-1] for name in attributes]
    serializer, _, last = fields[-1]
    if relation in last:
        names += last[: last.index(relation)]
    elif getattr(getattr(getattr(serializer, "Meta", None), "model", None), "__name__", None) != model:
        return None
    return "__".join(names + [relation])


def view(cls):
    """A view class and where its query set is made."""
    path, line = _find(cls, [r"def get_queryset\b", r"queryset\s*=", r"def (get|list|dispatch)\b"])
    name = "%s.%s" % (cls.__module__, cls.__name__)
    its = {"name": name, "path": path, "file": files.relative(path) if path else None, "line": line}
    if any(base.__name__ == "ModelAdmin" for base in cls.__mro__):
        its["admin"] = True
    return its


def _find(cls, patterns):
    """File and line of the first pattern that a class of the user's (or a base of it) has in its body, else its own."""
    own = None
    for base in cls.__mro__:
        path = getattr(sys.modules.get(base.__module__), "__file__", None)
        if not path or not files.users_own(path):
            continue
        start, body = _body(path, base.__name__)
        if start and own is None:
            own = (path, start)
        for pattern in patterns:
            for line, text in body:
                if re.match(pattern, text):
                    return path, line
    return own or (None, None)


def _body(path, name):
    """The class statement's line and its body as (line, text without indentation)."""
    start, body, depth = 0, [], 0
    try:
        with open(path, "rb") as source:
            lines = source.read().decode("utf-8", "replace").splitlines()
    except (IOError, OSError):
        return 0, []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if start:
            if text and indent <= depth and not text.startswith(("#", ")")):
                break
            body.append((number, text))
        elif re.match(r"class %s\b" % re.escape(name), text):
            start, depth = number, indent
    return start, body
