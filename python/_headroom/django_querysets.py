"""Django: where each query set was made, kept beside it: a query set is often evaluated far from there."""

import sys
from weakref import WeakKeyDictionary

from _headroom import channel, guard, places

# Between a manager's method and the line that called it lie few frames.
MAX_FRAMES = 8
MAX_LINES = 10000

_made = WeakKeyDictionary()
_lines = {}


class Line(object):
    """A line of the user's code: one object a line, so that two are compared by identity."""

    __slots__ = ("code", "number")

    def __init__(self, code, number):
        self.code = code
        self.number = number


def managers(module):
    """`Order.objects` in any use begins with its manager's `get_queryset`."""
    manager = module.BaseManager
    original = manager.get_queryset

    def get_queryset(self):
        queryset = original(self)
        try:
            # those of relations and of single look-ups by the ORM itself tell of their owner
            if channel.enabled and not self._hints and not hasattr(self, "instance"):
                line = _line(sys._getframe(1), manager)
                if line is not None:
                    _made[queryset] = line
        except Exception:
            guard.failed("django query sets", everything=False)
        return queryset

    manager.get_queryset = get_queryset


def clones(module):
    """Each call in a chain clones the query set; serializer fields copy theirs."""
    for name in ("_clone", "__deepcopy__"):
        _keep(module.QuerySet, name)


def _keep(cls, name):
    original = getattr(cls, name)

    def copy(self, *args):
        its = original(self, *args)
        try:
            line = _made.get(self)
            if line is not None:
                _made[its] = line
        except Exception:
            guard.failed("django query sets", everything=False)
        return its

    setattr(cls, name, copy)


def made(queryset):
    """The line that made a query set; None where that was none of the user's."""
    return _made.get(queryset)


def _line(frame, manager):
    """The innermost line of the user's code that is not in a manager of theirs."""
    for _ in range(MAX_FRAMES):
        if frame is None:
            return None
        code = frame.f_code
        if places.kind(code) == places.USER:
            names = code.co_varnames
            if not (names and names[0] == "self" and isinstance(frame.f_locals.get("self"), manager)):
                key = (id(code), frame.f_lineno)
                line = _lines.get(key)
                if line is None and len(_lines) < MAX_LINES:
                    line = _lines.setdefault(key, Line(code, frame.f_lineno))
                return line
        frame = frame.f_back
    return None
