"""Answers Headroom's question what all threads are doing, and for which request."""

import sys
from time import monotonic_ns

from _headroom import channel, requests

MAX_FRAMES = 100
MAX_CHARS = 900000


def answer(token):
    """The `A` frame: stacks of all threads, and of the tasks that wait on behalf of a request.

    Greenlets that wait are named without their stacks: reading a suspended greenlet's frames from another thread can
    crash the process (greenlet before 3.0 on Python 3.11 and newer).
    """
    names = _names()
    waiting, by_thread = [], {}
    now = monotonic_ns()
    for request, (thread, runner, began) in list(requests.serving.items()):
        its = {"request": request, "route": requests.route_of.get(request), "nanos": now - began}
        suspended = _suspended(runner)
        frames = _frames(suspended) if suspended else []
        if suspended is not None:
            waiting.append(dict(its, thread=thread, name=names.get(thread), task=True, frames=frames))
        else:
            by_thread[thread] = its
    threads = []
    for thread, frame in sys._current_frames().items():
        stack = _frames(frame)
        if any("/_headroom/channel.py:" in line for line in stack[-1:]):
            continue
        its = by_thread.get(thread, {"request": 0})
        threads.append(dict(its, thread=thread, name=names.get(thread), frames=stack))
    return "A %d %s\n" % (token, _bounded(threads + waiting))


def _names():
    threading = sys.modules.get("threading")
    # A copy of its table: threading.enumerate would take its lock.
    active = dict(getattr(threading, "_active", {})) if threading is not None else {}
    return {thread: it.name for thread, it in active.items()}


def _suspended(runner):
    """The frames of a task that waits, innermost first; none for a greenlet; None for what runs."""
    if runner is None:
        return None
    coroutine = getattr(runner, "get_coro", lambda: None)()
    if coroutine is None:
        return []
    chain = []
    while coroutine is not None and len(chain) < MAX_FRAMES:
        frame = getattr(coroutine, "cr_frame", None)
        if frame is None:
            break
        if getattr(coroutine, "cr_running", False):
            return None
        chain.append(frame)
        coroutine = getattr(coroutine, "cr_await", None)
    return chain[::-1]


def _frames(frame):
    chain = frame
    if not isinstance(frame, list):
        chain = []
        while frame is not None and len(chain) < MAX_FRAMES:
            chain.append(frame)
            frame = frame.f_back
    return ["%s:%d %s" % (it.f_code.co_filename, it.f_lineno or 0, it.f_code.co_name) for it in chain]


def _bounded(stacks):
    parts, size = [], 0
    for stack in stacks:
        part = channel.json(stack)
        size += len(part) + 1
        if size > MAX_CHARS:
            break
        parts.append(part)
    return "[%s]" % ",".join(parts)


channel.on_question(answer)
