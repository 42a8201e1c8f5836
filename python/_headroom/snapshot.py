"""Answers Headroom's question what all threads are doing, and for which request."""

import sys

from _headroom import channel, requests

MAX_FRAMES = 100
MAX_CHARS = 900000


def answer(token):
    """The `A` frame: stacks of all threads, and of the tasks and greenlets that wait on behalf of a request."""
    names = _names()
    waiting, by_thread = [], {}
    for request, (thread, runner) in list(requests.serving.items()):
        frames = _frames(_suspended(runner)) if runner is not None else []
        if frames:
            waiting.append(
                {"thread": thread, "name": names.get(thread), "request": request, "task": True, "frames": frames}
            )
        else:
            by_thread[thread] = request
    threads = []
    for thread, frame in sys._current_frames().items():
        stack = _frames(frame)
        if any("/_headroom/channel.py:" in line for line in stack[-1:]):
            continue
        threads.append(
            {"thread": thread, "name": names.get(thread), "request": by_thread.get(thread, 0), "frames": stack}
        )
    return "A %d %s\n" % (token, _bounded(threads + waiting))


def _names():
    threading = sys.modules.get("threading")
    # A copy of its table: threading.enumerate would take its lock.
    active = dict(getattr(threading, "_active", {})) if threading is not None else {}
    return {thread: it.name for thread, it in active.items()}


def _suspended(runner):
    """The innermost frame of a task or greenlet that waits; None for the one that runs."""
    coroutine = getattr(runner, "get_coro", lambda: None)()
    if coroutine is None:
        return getattr(runner, "gr_frame", None)
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
    chain = frame if isinstance(frame, list) else []
    while frame is not None and frame is not chain and len(chain) < MAX_FRAMES:
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
