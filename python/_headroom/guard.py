"""What happens when something of ours fails: it is switched off and reported, and the app goes on."""

import os
import sys

from _headroom import channel

_told = set()


def failed(part, everything=True):
    """Reports the exception being handled. Told once a part; `everything` switches all instrumentation off."""
    try:
        kind, _, trace = sys.exc_info()
        if kind is not None and issubclass(kind, (RecursionError, MemoryError)):
            return  # the app's own state, not a fault of this code: only this one report is lost
        if part not in _told:
            _told.add(part)
            fields = {"part": part, "reason": "%s%s" % (kind.__name__, _place(trace)), "all": everything}
            channel.define("D %s\n" % channel.json(fields))
        if everything:
            channel.enabled = False
    except Exception:
        channel.enabled = False


def found(name, version, requests=None):
    """Tells of a framework or driver, once; `requests` is True where it is told of its requests as well."""
    if name not in _told:
        _told.add(name)
        fields = {"name": name, "version": str(version or ""), "requests": requests}
        channel.define("F %s\n" % channel.json(fields))


def version(module):
    """The version in the name of the distribution's folder: importlib.metadata would cost the app 20 ms."""
    name = module.__name__.split(".")[0]
    folder = os.path.abspath(module.__file__)
    while os.path.basename(folder) != name and len(folder) > 1:
        folder = os.path.dirname(folder)
    for entry in os.listdir(os.path.dirname(folder)):
        if entry.startswith(name + "-") and entry.endswith((".dist-info", ".egg-info")):
            return entry[len(name) + 1 :].rsplit(".", 1)[0].split("-py")[0]
    return ""


def _place(trace):
    """The innermost line of ours; never the message, which may hold a user's value."""
    place = ""
    here = os.path.dirname(os.path.abspath(__file__))
    while trace is not None:
        code = trace.tb_frame.f_code
        if os.path.abspath(code.co_filename).startswith(here):
            place = " at %s:%d" % (os.path.basename(code.co_filename), trace.tb_lineno)
        trace = trace.tb_next
    return place


channel.on_fork(_told.clear)
