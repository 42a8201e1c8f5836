"""What the benchmarks beside other proxies share: ports, processes and what they use, paired ratios, kept rounds."""

import json
import math
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICKS = os.sysconf("SC_CLK_TCK")
# two-sided 95 % quantiles of Student's t by degrees of freedom
T95 = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10,
       2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04]


class Server:
    """Where a load goes, and whose processor time it costs."""

    def __init__(self, name, port, pids):
        self.name, self.port, self.pids = name, port, pids


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_listening(port, process):
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if process.poll() is not None:
                sys.exit(f"{process.args} ended with {process.returncode}")
            time.sleep(0.1)
    sys.exit(f"{process.args} does not listen on {port}")


def end_as_by_ctrl_c():
    """Lets SIGTERM, as `timeout` sends it, clean up as Ctrl-C does: else the servers and their files stay."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def end(processes):
    """Ends them, the latest first, by force those that take longer than 30 s."""
    for process in reversed(processes):
        process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as told:
        return [int(child) for child in told.read().split()]


def family(pid, name):
    """The processes of that name among a process and those below it."""
    with open(f"/proc/{pid}/comm") as comm:
        own = [pid] if name in comm.read() else []
    return own + [found for child in children(pid) for found in family(child, name)]


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_mb(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            total += int(re.search(r"^Pss:\s+(\d+)", rollup.read(), re.M).group(1))
    return total / 1024


def one_round(servers, number, act):
    """What `act` says of each server in turn, by its name; who comes first changes from round to round."""
    first = number % len(servers)
    return {server.name: act(server) for server in servers[first:] + servers[:first]}


def ratio(ours, theirs):
    """Geometric mean of paired ratios and its 95 % interval."""
    logs = [math.log(a / b) for a, b in zip(ours, theirs)]
    mean = statistics.mean(logs)
    if len(logs) < 2:
        return f"{math.exp(mean):.2f}"
    t = T95[min(len(logs) - 2, len(T95) - 1)]
    half = t * statistics.stdev(logs) / math.sqrt(len(logs))
    return f"{math.exp(mean):.2f} ({math.exp(mean - half):.2f} to {math.exp(mean + half):.2f})"


class Rounds:
    """The rounds measured by cell; with a file, those of earlier runs as well, so that a long measurement can be made
    in parts."""

    def __init__(self, path=None):
        self.path = path
        self.by_cell = {}
        if path and os.path.exists(path):
            with open(path) as lines:
                for line in lines:
                    kept = json.loads(line)
                    self.by_cell.setdefault(kept["cell"], []).append(kept["got"])

    def add(self, cell, got):
        """One round of a cell: what each server did in it, by the server's name."""
        self.by_cell.setdefault(cell, []).append(got)
        if self.path:
            with open(self.path, "a") as lines:
                lines.write(json.dumps({"cell": cell, "at": round(time.time()), "got": got}) + "\n")

    def of(self, cell, server, key):
        return [got[server][key] for got in self.by_cell.get(cell, []) if server in got]

    def pairs(self, cell, one, other, key):
        """The ratio of two servers over the rounds in which both were measured."""
        both = [got for got in self.by_cell.get(cell, []) if one in got and other in got]
        return ratio([got[one][key] for got in both], [got[other][key] for got in both])

    def median(self, cell, server, key):
        return statistics.median(self.of(cell, server, key))
