#!/usr/bin/env python3
"""What the Python instrumentation costs: the same requests, in turn, to two servers that differ in it alone.

Two waitress servers run examples/django-orders on one PostgreSQL; one has the instrumentation, with somebody who reads
what it tells. Requests alternate between them in random order, one at a time; each pair gives one difference. Medians
of the differences are shown with 95% intervals (bootstrap), for the time of a request as its client sees it and for
the processor time of the server's process.

    benchmarks/django-overhead/run.py [--pairs 400 | --seconds 100] [--json]

With --seconds, each of the two cases gets that long, and as many pairs as fit.

Needs the Debian packages that examples/django-orders/README.md names, and PostgreSQL's initdb.
"""

import argparse
import glob
import http.client
import json
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROJECT = os.path.join(HOME, "examples", "django-orders")
sys.path.insert(0, os.path.join(HOME, "python"))

from tests.cluster import cluster, free_port  # noqa: E402

CASES = [("after", "/api/orders", 4), ("before", "/api/orders", 176)]


def listen(path):
    """Reads and forgets what instrumentation tells; counts its bytes."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    read = [0]

    def forget(connection):
        while True:
            data = connection.recv(65536)
            if not data:
                return
            read[0] += len(data)

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=forget, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return read


class Server(object):
    def __init__(self, stage, url, **more):
        self.port = free_port()
        environment = dict(os.environ, DATABASE_URL=url, ORDERS_STAGE=stage, **more)
        command = ["-m", "waitress", "--threads=1", "--port=%d" % self.port, "wsgi:application"]
        self.process = subprocess.Popen(
            [sys.executable] + command,
            cwd=PROJECT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                time.sleep(0.02)
        self.client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.number = 0

    def processor_nanos(self):
        total = 0
        for path in glob.glob("/proc/%d/task/*/schedstat" % self.process.pid):
            try:
                with open(path) as file:
                    total += int(file.read().split()[0])
            except OSError:
                pass
        return total

    def get(self, path):
        """Time of a request, and the processor's, in microseconds."""
        self.number += 1
        cpu = self.processor_nanos()
        started = time.perf_counter_ns()
        self.client.request("GET", path, headers={"X-Headroom-Request": str(self.number)})
        response = self.client.getresponse()
        response.read()
        ended = time.perf_counter_ns()
        if response.status != 200:
            raise SystemExit("GET %s answered %d" % (path, response.status))
        return (ended - started) / 1000, (self.processor_nanos() - cpu) / 1000

    def stop(self):
        self.client.close()
        self.process.terminate()
        self.process.wait()


def interval(values, estimate=statistics.median, rounds=2000):
    """The estimate with its 95% interval."""
    rng = random.Random(1)
    spread = sorted(estimate(rng.choices(values, k=len(values))) for _ in range(rounds))
    return estimate(values), spread[int(rounds * 0.025)], spread[int(rounds * 0.975)]


def measure(stage, path, statements, pairs, seconds, url, folder):
    sink = os.path.join(folder, stage)
    read = listen(sink)
    plain = Server(stage, url)
    told = Server(stage, url, HEADROOM_SOCKET=sink, PYTHONPATH=os.path.join(HOME, "python"))
    try:
        for _ in range(40 if seconds else max(20, pairs // 10)):
            plain.get(path)
            told.get(path)
        if not read[0]:
            raise SystemExit("the instrumentation told nothing")
        rows = []
        end = time.monotonic() + seconds
        while time.monotonic() < end if seconds else len(rows) < pairs:
            order = [plain, told]
            random.shuffle(order)
            its = {server: server.get(path) for server in order}
            rows.append((its[plain], its[told]))
    finally:
        plain.stop()
        told.stop()
    result = {"stage": stage, "path": path, "statements": statements, "pairs": len(rows)}
    for index, name in enumerate(("time", "cpu")):
        base = statistics.median(row[0][index] for row in rows)
        more = interval([row[1][index] - row[0][index] for row in rows])
        result[name] = {
            "plainMicros": round(base, 1),
            "moreMicros": [round(value, 1) for value in more],
            "morePercent": [round(100 * value / base, 2) for value in more],
            "moreMicrosPerStatement": [round(value / statements, 2) for value in more],
        }
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    url = cluster().url()
    environment = dict(os.environ, DATABASE_URL=url)
    for command in (["migrate", "-v", "0"], ["seed"]):
        subprocess.run(
            [sys.executable, "manage.py"] + command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL
        )
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(*case, pairs=options.pairs, seconds=options.seconds, url=url, folder=folder) for case in CASES]
    if options.json:
        print(json.dumps(results, indent=2))
        return
    print("%s, Python %s, %d processors" % (platform.machine(), platform.python_version(), os.cpu_count()))
    for result in results:
        print("%(path)s, stage %(stage)s, %(statements)d statements, %(pairs)d pairs" % result)
        for name in ("time", "cpu"):
            its = result[name]
            print(
                "  %-4s %8.0f us plain; with instrumentation %+.0f us [%.0f, %.0f] = %+.1f%% [%.1f, %.1f];"
                " a statement %+.1f us [%.1f, %.1f]"
                % ((name, its["plainMicros"]) + tuple(its["moreMicros"]) + tuple(its["morePercent"]) + tuple(its["moreMicrosPerStatement"]))
            )


if __name__ == "__main__":
    main()
