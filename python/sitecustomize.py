"""Starts Headroom's instrumentation, then the sitecustomize that this one shadows. Parses under Python 2.7."""

import os
import sys


def _start(folder):
    try:
        if sys.version_info >= (3, 7) and os.environ.get("HEADROOM_SOCKET"):
            import _headroom.start
    except Exception:
        pass  # the app comes first; Headroom reports that no hello came
    # From here on the app's sys.path is as it would be without us.
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or ".") != folder]


def _load_shadowed(ours):
    sys.modules.pop(ours.__name__, None)
    try:
        __import__(ours.__name__)
    except ImportError as error:
        if getattr(error, "name", "sitecustomize") != "sitecustomize":
            raise  # theirs was found and failed: site reports it as it always does
    finally:
        sys.modules.setdefault(ours.__name__, ours)


_start(os.path.dirname(os.path.abspath(__file__)))
_load_shadowed(sys.modules[__name__])
