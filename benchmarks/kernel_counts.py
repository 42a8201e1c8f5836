"""Counts what threads ask of the kernel while something runs, with `perf stat`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CALLS = ["read", "write", "readv", "writev", "recvfrom", "sendto", "recvmsg", "sendmsg", "sendfile64", "splice",
         "epoll_wait", "epoll_pwait", "epoll_ctl", "poll", "futex", "sched_yield", "pread64", "pwrite64", "fdatasync",
         "madvise", "mprotect", "mmap", "munmap", "accept4", "close"]
ALL = "raw_syscalls:sys_enter"
OTHERS = ["context-switches", "task-clock"]


def required():
    if not shutil.which("perf"):
        sys.exit("needed: apt-get install linux-perf")


def during(pids, act):
    """Runs `act`, which returns how many operations it made; returns that number and the counts by thread name."""
    events = [f"syscalls:sys_enter_{call}" for call in CALLS] + [ALL] + OTHERS
    with tempfile.NamedTemporaryFile("r", suffix=".csv") as told:
        perf = subprocess.Popen(["perf", "stat", "-x", ";", "-o", told.name, "--per-thread", "-e", ",".join(events),
                                 "-p", ",".join(map(str, pids))])
        time.sleep(1)
        if perf.poll() is not None:
            sys.exit("perf stat can't count here: it needs root, or kernel.perf_event_paranoid=-1")
        operations = act()
        perf.send_signal(signal.SIGINT)
        perf.wait()
        threads = {}
        for line in told:
            fields = line.rstrip("\n").split(";")
            if len(fields) > 3 and not line.startswith("#"):
                thread, count, event = fields[0], fields[1], fields[3]
                name = thread.rsplit("-", 1)[0]
                counts = threads.setdefault(name, {})
                if count[:1].isdigit():
                    key = event.removeprefix("syscalls:sys_enter_")
                    counts[key] = counts.get(key, 0) + float(count)
    return operations, threads


def show(title, operations, threads):
    """Prints a table of what every thread did for one operation; what is seldom is left out."""
    print(f"\n{title}: {operations} operations\n\n| thread | µs | switches | system calls | which |\n|---|---|---|---|---|")
    whole = {}
    for counts in threads.values():
        for key, count in counts.items():
            whole[key] = whole.get(key, 0) + count
    rows = sorted(threads.items(), key=lambda entry: -entry[1].get("task-clock", 0))
    for name, counts in [*rows, ("all", whole)]:
        time_us = counts.get("task-clock", 0) * 1000 / operations
        calls = {call: counts.get(call, 0) / operations for call in CALLS}
        if time_us < 0.05 and counts.get(ALL, 0) / operations < 0.005:
            continue
        calls["others"] = counts.get(ALL, 0) / operations - sum(calls.values())
        which = ", ".join(f"{call} {count:.3f}" for call, count in sorted(calls.items(), key=lambda entry: -entry[1])
                          if count >= 0.002)
        print(f"| {name} | {time_us:.2f} | {counts.get('context-switches', 0) / operations:.3f} "
              f"| {counts.get(ALL, 0) / operations:.3f} | {which} |", flush=True)
