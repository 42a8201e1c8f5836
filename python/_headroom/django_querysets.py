"""Django: where each query set was made, kept beside it: a query set is often evaluated far from there."""

import sys
from functools import partial
from weakref import ref

from _headroom import channel, guard, places

# Between a manager's method and the line that called it lie few frames.
MAX_FRAMES = 8
MAX_LINES = 10000

# id of a query set -> (its line, a weak reference that takes this entry out). A WeakKeyDictionary would do the same for
# three times the time, and ask the app's classes for hashes: a chain of calls makes ten query sets a request.
_made = {}
_take_out = _made.pop
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
            if channel.enabled and not self._hints and "instance" not in self.__dict__:
                line = _line(sys._getframe(1), manager)
                if line is not None:
                    key = id(queryset)
                    _made[key] = (line, ref(queryset, partial(_take_out, key)))
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
            entry = _made.get(id(self))
            if entry is not None:
                key = id(its)
                # called with the dead reference as the second argument of pop: its default
                _made[key] = (entry[0], ref(its, partial(_take_out, key)))
        except Exception:
            guard.failed("django query sets", everything=False)
        return its

    setattr(cls, name, copy)


def made(queryset):
    """The line that made a query set; None where that was none of the user's."""
    entry = _made.get(id(queryset))
    return None if entry is None else entry[0]


def _line(frame, manager):
    """The innermost line of the user's code that is not in a manager of theirs."""
    kinds = places.kinds
    for _ in range(MAX_FRAMES):
        if frame is None:
            return None
        code = frame.f_code
        kind = kinds.get(id(code))
        if (places.kind(code) if kind is None else kind) == places.USER:
            key = (id(code), frame.f_lineno)
            line = _lines.get(key)
            if line is not None:
                return line
            names = code.co_varnames
            if not (names and names[0] == "self" and isinstance(frame.f_locals.get("self"), manager)):
                if len(_lines) < MAX_LINES:
                    line = _lines.setdefault(key, Line(code, frame.f_lineno))
                return line
        frame = frame.f_back
    return None
