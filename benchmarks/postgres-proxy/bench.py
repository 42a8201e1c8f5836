#!/usr/bin/env python3
"""Headroom's PostgreSQL proxy beside pgbouncer's and no proxy at all: throughput, latency, CPU per statement.

Headroom runs as its users run it, `headroom run -- COMMAND`, with the recording on; COMMAND here only tells where the
app would connect to, listens and waits. Rounds alternate, and ratios are of neighbours in time, so that what else the machine
does falls on all alike. With --results, rounds are kept in a file and those of earlier runs are counted in, so that a long
measurement can be made in parts.
"""

import argparse
import os
import socket
import subprocess
import time

from servers import connect_options, measuring, pgbench, running

WIDE = ("select i, md5(i::text) a, md5((i + 1)::text) b, i * 2 c, i / 3.0 d, now() e, repeat('x', 200) f,"
        " true g, null h from generate_series(1, %d) i")


def timed(port, text):
    start = time.monotonic()
    subprocess.run(["psql", *connect_options(port), "-X", "-q", "-A", "-t", "-d", "bench", "-c", text],
                   stdout=subprocess.DEVNULL, check=True)
    return {"rate": 1 / (time.monotonic() - start)}


def statements(server, mode, clients, seconds):
    before = measuring.cpu_seconds(server.pids)
    got = pgbench(server.port, mode, clients, seconds)
    got["cpu"] = (measuring.cpu_seconds(server.pids) - before) / got["statements"] * 1e6
    return got


def print_statements(rounds, cells, other):
    print("| pgbench -S | clients | rounds | direct tps | pgbouncer tps | Headroom tps | Headroom / pgbouncer "
          "| latency added, pgbouncer | Headroom | CPU a statement, pgbouncer | Headroom |"
          + (" Headroom / other | CPU / other |" if other else ""))
    print("|---|---|---|---|---|---|---|---|---|---|---|" + ("---|---|" if other else ""))
    for mode, clients in cells:
        cell = f"{mode}:{clients}"

        def median(name, key):
            return rounds.median(cell, name, key)

        print(f"| {mode} | {clients} | {len(rounds.of(cell, 'headroom', 'rate'))} | {median('direct', 'rate'):.0f} "
              f"| {median('pgbouncer', 'rate'):.0f} | {median('headroom', 'rate'):.0f} "
              f"| {rounds.pairs(cell, 'headroom', 'pgbouncer', 'rate')} "
              f"| {median('pgbouncer', 'latency') - median('direct', 'latency'):.0f} µs "
              f"| {median('headroom', 'latency') - median('direct', 'latency'):.0f} µs "
              f"| {median('pgbouncer', 'cpu'):.1f} µs | {median('headroom', 'cpu'):.1f} µs |"
              + (f" {rounds.pairs(cell, 'headroom', 'other', 'rate')} "
                 f"| {rounds.pairs(cell, 'headroom', 'other', 'cpu')} |" if other else ""))


def bulk(servers, rounds, chosen):
    direct = servers[0].port
    subprocess.run(["psql", *connect_options(direct), "-X", "-q", "-d", "bench", "-c",
                    "create unlogged table bulk as select i, repeat(md5(i::text), 31) t from "
                    f"generate_series(1, {chosen.copy_mb * 1024}) i"], check=True)
    print("\n| transfer | rounds | Headroom / direct | Headroom / pgbouncer |\n|---|---|---|---|")
    for label, text in ((f"COPY out, {chosen.copy_mb} MB", "copy bulk to stdout"),
                        ("wide SELECT, 400,000 rows", WIDE % 400_000)):
        for number in range(chosen.bulk_rounds):
            rounds.add(label, measuring.one_round(servers, number, lambda server: timed(server.port, text)))
        print(f"| {label} | {len(rounds.of(label, 'headroom', 'rate'))} "
              f"| {rounds.pairs(label, 'headroom', 'direct', 'rate')} "
              f"| {rounds.pairs(label, 'headroom', 'pgbouncer', 'rate')} |", flush=True)


def idle(headroom, number):
    before = measuring.resident_mb(headroom.pids)
    waiting = []
    for _ in range(number):
        app = socket.create_connection(("127.0.0.1", headroom.port))
        words = b"user\0postgres\0database\0bench\0\0"
        app.sendall((8 + len(words)).to_bytes(4, "big") + (3 << 16).to_bytes(4, "big") + words)
        waiting.append(app)
    for app in waiting:
        received = b""
        while not received.endswith(b"Z\0\0\0\5I"):
            received += app.recv(4096)
    after = measuring.resident_mb(headroom.pids)
    print(f"\nresident (proportional set size): {before:.0f} MB before, {after:.0f} MB with {number} idle "
          f"connections: {(after - before) * 1024 / number:.1f} KB each")
    for app in waiting:
        app.close()


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--seconds", type=int, default=4)
    options.add_argument("--warm-up", type=int, default=4, help="rounds of each cell that are not counted")
    options.add_argument("--clients", default="1,8")
    options.add_argument("--modes", default="simple,extended,prepared")
    options.add_argument("--cells", help="mode:clients, by comma, instead of all modes with all clients; e.g. simple:8")
    options.add_argument("--results", help="file of rounds: these are appended, those that it holds are counted in")
    options.add_argument("--copy-mb", type=int, default=1024, help="size of the COPY; 0 leaves bulk transfers out")
    options.add_argument("--bulk-rounds", type=int, default=5)
    options.add_argument("--idle", type=int, default=500, help="idle connections whose memory is measured; 0 for none")
    options.add_argument("--headroom", default=measuring.ROOT, help="the folder whose ./headroom is measured")
    options.add_argument("--other", help="a folder with another ./headroom, to be measured in the same rounds")
    chosen = options.parse_args()
    if chosen.cells:
        cells = [tuple(cell.split(":")) for cell in chosen.cells.split(",")]
    else:
        cells = [(mode, clients) for mode in chosen.modes.split(",") for clients in chosen.clients.split(",")]
    rounds = measuring.Rounds(chosen.results)
    homes = {"headroom": chosen.headroom}
    if chosen.other:
        homes["other"] = chosen.other

    with running(homes) as servers:
        print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, rounds of "
              f"{chosen.seconds} s, medians; ratios are paired, with 95 % intervals\n", flush=True)
        if chosen.rounds:
            # the JVM compiles its hot paths first, as it has on any server that is up for a minute, and some of them
            # again when connections have come and gone and it has been at rest: by the same loads and pauses
            for _ in range(chosen.warm_up):
                for mode, clients in cells:
                    for server in servers[1:]:
                        pgbench(server.port, mode, clients, chosen.seconds)
            # a round of every cell after the other, so that what else the machine does falls on all cells alike
            for number in range(chosen.rounds):
                for mode, clients in cells:
                    rounds.add(f"{mode}:{clients}", measuring.one_round(
                        servers, number, lambda server: statements(server, mode, clients, chosen.seconds)))
            print_statements(rounds, cells, chosen.other)
        if chosen.copy_mb:
            bulk(servers, rounds, chosen)
        if chosen.idle:
            idle(servers[2], chosen.idle)


if __name__ == "__main__":
    main()
