#!/usr/bin/env python3
"""Headroom's HTTP proxy beside nginx's and no proxy at all: throughput, latency, CPU per request, resident memory.

The proxy has one core to itself, the load (wrk) and the app (nginx with files) share the other. Headroom runs as its
users run it, `headroom run -- nginx ...`, with the recording on. Rounds alternate, and ratios are of neighbours in
time, so that what else the machine does falls on both.
"""

import argparse
import math
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
TICKS = os.sysconf("SC_CLK_TCK")
# two-sided 95 % quantiles of Student's t by degrees of freedom
T95 = [12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13]


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


def load(port, path, connections, seconds, core):
    out = subprocess.run(
        ["taskset", "-c", core, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency",
         f"http://127.0.0.1:{port}/{path}"],
        capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in out or "Socket errors" in out:
        sys.exit(f"wrk met errors on port {port}:\n{out}")
    amount, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", out).groups()
    return {
        "requests": int(re.search(r"(\d+) requests in", out).group(1)),
        "rate": float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1)),
        "p50": float(amount) * {"us": 1, "ms": 1e3, "s": 1e6}[unit],
    }


def ratio(ours, theirs):
    """Geometric mean of paired ratios and its 95 % interval."""
    logs = [math.log(a / b) for a, b in zip(ours, theirs)]
    mean = statistics.mean(logs)
    if len(logs) < 2:
        return f"{math.exp(mean):.2f}"
    t = T95[min(len(logs) - 2, len(T95) - 1)]
    half = t * statistics.stdev(logs) / math.sqrt(len(logs))
    return f"{math.exp(mean):.2f} ({math.exp(mean - half):.2f} to {math.exp(mean + half):.2f})"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--warm-up", type=int, default=10, help="seconds of load before the rounds, for each path")
    options.add_argument("--proxy-core", default="0")
    options.add_argument("--load-core", default="1")
    options.add_argument("--connections", default="1,8,64")
    options.add_argument("--paths", default="small.txt,large.txt,large.bin")
    chosen = options.parse_args()
    for tool in ("wrk", "nginx", "taskset"):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt-get install wrk nginx-light util-linux")

    folder = tempfile.mkdtemp(prefix="http-proxy-bench-")
    os.chmod(folder, 0o755)  # for nginx workers that run as another user
    os.makedirs(f"{folder}/www")
    for name, size in (("small.txt", 200), ("large.txt", 102_400), ("large.bin", 102_400)):
        with open(f"{folder}/www/{name}", "wb") as file:
            file.write((b"word%07d " % 1234567 * (size // 12 + 1))[:size])

    def configured(template, name, **values):
        with open(f"{HERE}/{template}") as source:
            text = source.read().replace("@DIR@", folder)
        for key, value in values.items():
            text = text.replace(f"@{key}@", str(value))
        path = f"{folder}/{name}"
        with open(path, "w") as target:
            target.write(text)
        return path

    started = []

    def start(command, **more):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
        started.append(process)
        return process

    try:
        direct, nginx_port, ours = free_port(), free_port(), free_port()
        app = start(["taskset", "-c", chosen.load_core, "nginx", "-p", folder, "-c",
                     configured("app.conf", "direct.conf", PORT=direct)])
        await_listening(direct, app)
        nginx = start(["taskset", "-c", chosen.proxy_core, "nginx", "-p", folder, "-c",
                       configured("nginx.conf", "nginx.conf", PORT=nginx_port, APP=direct)])
        await_listening(nginx_port, nginx)
        configured("app.conf", "behind.conf")
        behind = (f"sed s/@PORT@/$PORT/ {folder}/behind.conf > {folder}/behind-port.conf; "
                  f"exec taskset -c {chosen.load_core} nginx -p {folder} -c {folder}/behind-port.conf")
        headroom = start(["taskset", "-c", chosen.proxy_core, f"{ROOT}/headroom", "run", "--port", str(ours),
                          "--out", f"{folder}/bench.headroom", "--", "sh", "-c", behind], cwd=folder)
        await_listening(ours, headroom)
        time.sleep(2)
        jvm = family(headroom.pid, "java") or [headroom.pid]
        workers = [nginx.pid] + children(nginx.pid)
        rest = resident_mb(jvm)

        # the JVM compiles its hot paths first, as it has on any server that is up for a minute
        for path in chosen.paths.split(","):
            load(ours, path, 8, chosen.warm_up, chosen.load_core)

        print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
              f"{chosen.rounds} rounds of {chosen.seconds} s, median of rounds; ratios are paired, with 95 % intervals\n")
        print("| response | connections | direct req/s | nginx req/s | Headroom req/s | throughput / nginx "
              "| CPU nginx | CPU Headroom | CPU / nginx | median latency added |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for path in chosen.paths.split(","):
            for connections in map(int, chosen.connections.split(",")):
                rounds = {"direct": [], "nginx": [], "headroom": []}
                for _ in range(chosen.rounds):
                    for name, port, pids in (("direct", direct, []), ("nginx", nginx_port, workers),
                                             ("headroom", ours, jvm)):
                        before = cpu_seconds(pids)
                        got = load(port, path, connections, chosen.seconds, chosen.load_core)
                        got["cpu"] = (cpu_seconds(pids) - before) / got["requests"] * 1e6
                        rounds[name].append(got)

                def all_of(name, key):
                    return [got[key] for got in rounds[name]]

                def median(name, key):
                    return statistics.median(all_of(name, key))

                print(f"| {path} | {connections} | {median('direct', 'rate'):.0f} | {median('nginx', 'rate'):.0f} "
                      f"| {median('headroom', 'rate'):.0f} "
                      f"| {ratio(all_of('headroom', 'rate'), all_of('nginx', 'rate'))} "
                      f"| {median('nginx', 'cpu'):.1f} µs | {median('headroom', 'cpu'):.1f} µs "
                      f"| {ratio(all_of('headroom', 'cpu'), all_of('nginx', 'cpu'))} "
                      f"| {median('headroom', 'p50') - median('direct', 'p50'):.0f} µs |", flush=True)
        print(f"\nHeadroom resident (proportional set size): {rest:.0f} MB at rest, {resident_mb(jvm):.0f} MB after load")
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
