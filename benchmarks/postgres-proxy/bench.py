#!/usr/bin/env python3
"""Headroom's PostgreSQL proxy beside pgbouncer's and no proxy at all: throughput, latency, CPU per statement.

Headroom runs as its users run it, `headroom run -- COMMAND`, with the recording on; COMMAND here only tells where the
app would connect to, listens and waits. Rounds alternate, and ratios are of neighbours in time, so that what else the machine
does falls on all alike.
"""

import argparse
import glob
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
WIDE = ("select i, md5(i::text) a, md5((i + 1)::text) b, i * 2 c, i / 3.0 d, now() e, repeat('x', 200) f,"
        " true g, null h from generate_series(1, %d) i")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_listening(port, what):
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{what} does not listen on {port}")


def as_postgres(*command):
    """PostgreSQL and pgbouncer refuse to run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else list(command)


def family(pid, name):
    """The processes of that name among a process and those below it."""
    with open(f"/proc/{pid}/comm") as comm:
        own = [pid] if name in comm.read() else []
    with open(f"/proc/{pid}/task/{pid}/children") as told:
        return own + [found for child in told.read().split() for found in family(int(child), name)]


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


def connect_options(port):
    return ["-h", "127.0.0.1", "-p", str(port), "-U", "postgres"]


def pgbench(port, mode, clients, seconds):
    out = subprocess.run(
        ["pgbench", *connect_options(port), "-n", "-S", "-M", mode, "-c", str(clients), "-j", "1",
         "-T", str(seconds), "bench"], capture_output=True, text=True, check=True).stdout
    return {
        "statements": int(re.search(r"processed: (\d+)", out).group(1)),
        "rate": float(re.search(r"tps = ([\d.]+)", out).group(1)),
        "latency": float(re.search(r"latency average = ([\d.]+) ms", out).group(1)) * 1000,
    }


def timed(port, text):
    start = time.monotonic()
    subprocess.run(["psql", *connect_options(port), "-X", "-q", "-A", "-t", "-d", "bench", "-c", text],
                   stdout=subprocess.DEVNULL, check=True)
    return {"rate": 1 / (time.monotonic() - start)}


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
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--warm-up", type=int, default=8, help="seconds that each mode is warmed up")
    options.add_argument("--clients", default="1,8")
    options.add_argument("--modes", default="simple,extended,prepared")
    options.add_argument("--copy-mb", type=int, default=1024, help="size of the COPY; 0 leaves bulk transfers out")
    options.add_argument("--bulk-rounds", type=int, default=5)
    options.add_argument("--idle", type=int, default=500, help="idle connections whose memory is measured; 0 for none")
    chosen = options.parse_args()
    bins = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not bins or not shutil.which("pgbouncer"):
        sys.exit("needed: apt-get install postgresql postgresql-contrib pgbouncer")
    os.environ["PATH"] = bins[-1] + ":" + os.environ["PATH"]
    # as `headroom run` tells its app: TLS on loopback would measure TLS
    os.environ["PGSSLMODE"] = "disable"

    folder = tempfile.mkdtemp(prefix="postgres-proxy-bench-")
    os.chmod(folder, 0o777)
    direct, bouncer, data = free_port(), free_port(), f"{folder}/data"
    started = []
    try:
        subprocess.run(as_postgres("initdb", "-D", data, "-A", "trust", "-U", "postgres"),
                       cwd=folder, stdout=subprocess.DEVNULL, check=True)
        subprocess.run(as_postgres(
            "pg_ctl", "-D", data, "-w", "-l", f"{folder}/postgres.log", "-o",
            f"-p {direct} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c shared_buffers=256MB"
            " -c max_connections=700", "start"), cwd=folder, stdout=subprocess.DEVNULL, check=True)
        subprocess.run(["createdb", *connect_options(direct), "bench"], check=True)
        subprocess.run(["pgbench", *connect_options(direct), "-i", "-q", "-s", "5", "bench"],
                       stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)

        with open(f"{folder}/users.txt", "w") as users:
            users.write('"postgres" ""\n')
        with open(f"{folder}/pgbouncer.ini", "w") as ini:
            ini.write(f"[databases]\nbench = host=127.0.0.1 port={direct} dbname=bench\n[pgbouncer]\n"
                      f"listen_addr = 127.0.0.1\nlisten_port = {bouncer}\nunix_socket_dir =\nauth_type = trust\n"
                      f"auth_file = {folder}/users.txt\npool_mode = session\nmax_client_conn = 1000\n"
                      f"default_pool_size = 600\n")
        # each in a session of its own, as services are: the scheduler shares processors out by session
        pool = subprocess.Popen(as_postgres("pgbouncer", "-q", f"{folder}/pgbouncer.ini"), cwd=folder,
                                stderr=subprocess.DEVNULL, start_new_session=True)
        started.append(pool)
        await_listening(bouncer, "pgbouncer")
        pool_pids = family(pool.pid, "pgbouncer")

        told = f"{folder}/told"
        headroom = subprocess.Popen(
            [f"{ROOT}/headroom", "run", "--port", str(free_port()), "--out", f"{folder}/bench.headroom", "--",
             "sh", "-c", f'printf %s "$DATABASE_URL" > {told}.part; mv {told}.part {told};'
             f' exec {sys.executable} -m http.server -b 127.0.0.1 "$PORT"'],
            env={**os.environ, "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{direct}/bench"},
            cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        started.append(headroom)
        while not os.path.exists(told):
            if headroom.poll() is not None:
                sys.exit(f"headroom ended with {headroom.returncode}")
            time.sleep(0.1)
        with open(told) as url:
            ours = int(re.search(r":(\d+)/", url.read()).group(1))
        jvm = family(headroom.pid, "java")

        servers = (("direct", direct, []), ("pgbouncer", bouncer, pool_pids), ("headroom", ours, jvm))
        print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {chosen.rounds} rounds of "
              f"{chosen.seconds} s, medians; ratios are paired, with 95 % intervals\n")
        # the JVM compiles its hot paths first, as it has on any server that is up for a minute
        for mode in chosen.modes.split(",") if chosen.rounds else []:
            pgbench(ours, mode, 8, chosen.warm_up)

        if chosen.rounds:
            print("| pgbench -S | clients | direct tps | pgbouncer tps | Headroom tps | Headroom / pgbouncer "
                  "| latency added pgbouncer | Headroom | CPU a statement pgbouncer | Headroom |")
            print("|---|---|---|---|---|---|---|---|---|---|")
        for mode in chosen.modes.split(",") if chosen.rounds else []:
            for clients in map(int, chosen.clients.split(",")):
                rounds = {name: [] for name, _, _ in servers}
                for number in range(chosen.rounds):
                    # who comes first changes from round to round
                    for name, port, pids in servers[number % 3:] + servers[:number % 3]:
                        before = cpu_seconds(pids)
                        got = pgbench(port, mode, clients, chosen.seconds)
                        got["cpu"] = (cpu_seconds(pids) - before) / got["statements"] * 1e6
                        rounds[name].append(got)

                def all_of(name, key):
                    return [got[key] for got in rounds[name]]

                def median(name, key):
                    return statistics.median(all_of(name, key))

                print(f"| {mode} | {clients} | {median('direct', 'rate'):.0f} | {median('pgbouncer', 'rate'):.0f} "
                      f"| {median('headroom', 'rate'):.0f} "
                      f"| {ratio(all_of('headroom', 'rate'), all_of('pgbouncer', 'rate'))} "
                      f"| {median('pgbouncer', 'latency') - median('direct', 'latency'):.0f} µs "
                      f"| {median('headroom', 'latency') - median('direct', 'latency'):.0f} µs "
                      f"| {median('pgbouncer', 'cpu'):.1f} µs | {median('headroom', 'cpu'):.1f} µs |", flush=True)

        if chosen.copy_mb:
            subprocess.run(["psql", *connect_options(direct), "-X", "-q", "-d", "bench", "-c",
                            "create unlogged table bulk as select i, repeat(md5(i::text), 31) t from "
                            f"generate_series(1, {chosen.copy_mb * 1024}) i"], check=True)
            print("\n| transfer | Headroom / direct | Headroom / pgbouncer |\n|---|---|---|")
            for label, text in ((f"COPY out, {chosen.copy_mb} MB", "copy bulk to stdout"),
                                ("wide SELECT, 400,000 rows", WIDE % 400_000)):
                rates = {name: [] for name, _, _ in servers}
                for number in range(chosen.bulk_rounds):
                    for name, port, _ in servers[number % 3:] + servers[:number % 3]:
                        rates[name].append(timed(port, text)["rate"])
                print(f"| {label} | {ratio(rates['headroom'], rates['direct'])} "
                      f"| {ratio(rates['headroom'], rates['pgbouncer'])} |", flush=True)

        if chosen.idle:
            before = resident_mb(jvm)
            waiting = []
            for _ in range(chosen.idle):
                app = socket.create_connection(("127.0.0.1", ours))
                words = b"user\0postgres\0database\0bench\0\0"
                app.sendall((8 + len(words)).to_bytes(4, "big") + (3 << 16).to_bytes(4, "big") + words)
                waiting.append(app)
            for app in waiting:
                received = b""
                while not received.endswith(b"Z\0\0\0\5I"):
                    received += app.recv(4096)
            after = resident_mb(jvm)
            print(f"\nresident (proportional set size): {before:.0f} MB before, {after:.0f} MB with {chosen.idle} idle "
                  f"connections: {(after - before) * 1024 / chosen.idle:.1f} KB each")
            for app in waiting:
                app.close()
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
        subprocess.run(as_postgres("pg_ctl", "-D", data, "-m", "immediate", "stop"), cwd=folder,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
