"""The side channel's near end: a bounded buffer, emptied by a thread of our own.

Built on the C modules beneath `threading`, `socket` and `time`, taken before any monkey-patching: a native thread and
a native socket, whatever gevent does later.
"""

import _socket
import atexit
import os
import sys
from _thread import allocate_lock, start_new_thread
from collections import deque
from itertools import count
from time import monotonic, sleep

from _headroom import PROTOCOL

CAPACITY = 32768
BATCH_SECONDS = 0.05
QUIET_BATCHES = 20
EXIT_SECONDS = 0.3

enabled = False
_socket_path = os.environ.get("HEADROOM_SOCKET")
_connection = None
_buffer = deque()
_lost = count()
_lost_told = 0
_awake = False
_started = False
_wake = allocate_lock()
_sending = allocate_lock()
_over = False
_after_fork = []
_answer = None


def connect():
    """Connects and says hello; False where nobody listens."""
    global _connection, enabled
    try:
        # A Unix connect succeeds or fails at once: it never waits for the other side to accept.
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        connection.setblocking(False)
        connection.connect(_socket_path)
        connection.send(_hello(), _socket.MSG_NOSIGNAL)
        connection.setblocking(True)
    except Exception:
        return False
    _connection = connection
    enabled = True
    return True


def offer(line):
    """Hands a frame over; drops and counts it when the buffer is full. Never waits."""
    if len(_buffer) < CAPACITY:
        _buffer.append(line)
        if not _awake:
            _rouse()
    else:
        next(_lost)


def define(line):
    """Hands over a definition, which later frames need: callers bound how many there are."""
    _buffer.append(line)
    if not _awake:
        _rouse()


def on_fork(forget):
    """Calls `forget` in a child process, where no definition has been sent yet."""
    _after_fork.append(forget)


def on_question(answer):
    """Answers Headroom's `Q token` with the line that `answer(token)` returns."""
    global _answer
    _answer = answer


def text(value):
    """A JSON string; here, because importing `json` for it would cost every Python process 5 ms."""
    out = []
    for char in str(value):
        code = ord(char)
        if char in '"\\':
            out.append("\\" + char)
        elif code < 32 or code == 127 or 0xD800 <= code < 0xE000 or code in (0x85, 0x2028, 0x2029):
            out.append("\\u%04x" % code)
        else:
            out.append(char)
    return '"%s"' % "".join(out)


def json(value):
    """JSON of dicts, lists, strings, numbers, booleans and None; keys whose value is None are left out."""
    if isinstance(value, dict):
        return "{%s}" % ",".join(
            "%s:%s" % (text(key), json(item)) for key, item in value.items() if item is not None
        )
    if isinstance(value, (list, tuple)):
        return "[%s]" % ",".join([json(item) for item in value])
    if value is True or value is False or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value) if isinstance(value, int) else text(value)


def _hello():
    fields = {
        "protocol": PROTOCOL,
        "runtime": "python",
        "version": "%d.%d.%d" % sys.version_info[:3],
        "pid": os.getpid(),
        "root": _root(),
    }
    return ("H %s\n" % json(fields)).encode("utf-8", "replace")


def _root():
    try:
        return os.getcwd()
    except OSError:
        return "/"


def _rouse():
    global _awake, _started
    _awake = True
    if not _started:
        _started = True
        start_new_thread(_write_forever, ())
    try:
        _wake.release()
    except RuntimeError:
        pass  # released already


def _write_forever():
    """Writes what waits every BATCH_SECONDS; after a while without anything, sleeps until it is roused.

    Between batches the app's threads need not rouse it: waking a thread would cost them the interpreter's lock.
    """
    global _awake
    try:
        if _connection is None and not connect():
            return _stop()
        start_new_thread(_read_forever, (_connection,))
        while True:
            _wake.acquire()
            quiet = 0
            while quiet < QUIET_BATCHES:
                sleep(BATCH_SECONDS)
                with _sending:
                    quiet = 0 if _drain() else quiet + 1
                if quiet >= QUIET_BATCHES:
                    # Whoever appends after this line sees `_awake` and rouses us.
                    _awake = False
                    if _buffer:
                        _awake = True
                        quiet = 0
    except Exception:
        _stop()


def _drain():
    """Writes all that waits; whether there was anything."""
    global _lost_told
    any_waited = bool(_buffer)
    while _buffer:
        lines = []
        try:
            while len(lines) < 1024:
                lines.append(_buffer.popleft())
        except IndexError:
            pass
        _send("".join(lines))
    lost = int(repr(_lost)[len("count(") : -1])
    if lost != _lost_told:
        _lost_told = lost
        _send("L %d\n" % lost)
    return any_waited


def _send(lines):
    data = memoryview(lines.encode("utf-8", "replace"))
    while data:
        data = data[_connection.send(data, _socket.MSG_NOSIGNAL) :]


def _stop():
    """Headroom is gone, or we failed: from here on every hook passes through."""
    global enabled, _awake, _over
    _over = True
    enabled = False
    _awake = True
    _buffer.clear()


def _read_forever(connection):
    """Waits for questions; ends with the connection."""
    pending = b""
    try:
        while True:
            data = connection.recv(4096)
            if not data or len(pending) > 65536:
                return _stop()
            lines = (pending + data).split(b"\n")
            pending = lines.pop()
            for line in lines:
                if line.startswith(b"Q ") and _answer is not None:
                    define(_answer(int(line[2:])))
    except Exception:
        return


def _forget_parent():
    """In a forked child: the parent's socket, thread, buffer and definitions are not ours."""
    global _connection, _started, _awake, _wake, _sending, _buffer, _lost, _lost_told
    connection, _connection = _connection, None
    try:
        if connection is not None:
            os.close(connection.detach())
    except Exception:
        pass
    _started = _awake = False
    _wake = allocate_lock()
    _wake.acquire()
    _sending = allocate_lock()
    _buffer = deque()
    _lost = count()
    _lost_told = 0
    for forget in _after_fork:
        forget()


def flush(seconds=EXIT_SECONDS):
    """Writes what was offered, taking at most `seconds`."""
    if not _started or _over:
        return
    end = monotonic() + seconds
    while _connection is None and not _over and monotonic() < end:
        sleep(0.002)  # a child just forked: our thread is about to connect
    if not _sending.acquire(True, seconds):
        return
    try:
        _connection.settimeout(max(0.01, end - monotonic()))
        _drain()
        _connection.setblocking(True)
    except Exception:
        _stop()
    finally:
        _sending.release()


_wake.acquire()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_parent)
atexit.register(flush)
