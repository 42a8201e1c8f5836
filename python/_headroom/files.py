"""Which files are the user's own code, and how the user calls them."""

import os
import sys

MAX_FILES = 50000

_files = {}
_libraries = [os.path.dirname(os.path.abspath(os.__file__)), os.path.dirname(os.path.abspath(__file__))]
_scripts = {os.path.join(prefix, "bin") for prefix in (sys.prefix, "/usr", "/usr/local")}


def library(module):
    """The package of `module` is not the user's own code, wherever it lies."""
    folder = os.path.dirname(os.path.abspath(module.__file__))
    if folder not in _libraries:
        _libraries.append(folder)


def users_own(filename):
    """Whether a file is the user's own: not a library's, not Python's, not generated."""
    known = _files.get(filename)
    if known is None:
        path = os.path.abspath(filename)
        known = not (
            filename.startswith("<")
            or "/site-packages/" in path
            or "/dist-packages/" in path
            or os.path.dirname(path) in _scripts
            or any(path.startswith(folder + os.sep) for folder in _libraries)
        )
        if len(_files) < MAX_FILES:
            _files[filename] = known
    return known


def relative(path):
    """A path as the user knows it: relative to the project where it lies in it."""
    try:
        folders = [os.getcwd()]
    except OSError:
        folders = []
    folders += [entry for entry in sys.path if entry and os.path.isabs(entry)]
    for folder in folders:
        folder = folder.rstrip(os.sep) + os.sep
        if path.startswith(folder):
            return path[len(folder) :]
    return path
