#!/usr/bin/env python3
"""Headroom's HTTP proxy beside nginx's and no proxy at all: throughput, latency, CPU per request, resident memory.

The proxy has one core to itself, the load (wrk) and the app (nginx with files) share the other. Headroom runs as its
users run it, `headroom run -- nginx ...`, with the recording on. Rounds alternate, and ratios are of neighbours in
time, so that what else the machine does falls on both. With --results, rounds are kept in a file and those of earlier runs
are counted in, so that a long measurement can be made in parts.
"""

import argparse
import os
import time

from servers import load, measuring, running


def requests(server, path, connections, chosen):
    before = measuring.cpu_seconds(server.pids)
    got = load(server.port, path, connections, chosen.seconds, chosen.load_core)
    spent = measuring.cpu_seconds(server.pids) - before
    # where so few requests came that no tick of the clock was spent, half a tick is as good a guess as any
    got["cpu"] = max(spent, 0.5 / measuring.TICKS) / got["requests"] * 1e6
    return got


def show(rounds, cells, other):
    print("| response | connections | rounds | direct req/s | nginx req/s | Headroom req/s | throughput / nginx "
          "| CPU nginx | CPU Headroom | CPU / nginx | median latency added |"
          + (" throughput / other | CPU / other |" if other else ""))
    print("|---|---|---|---|---|---|---|---|---|---|---|" + ("---|---|" if other else ""))
    for path, connections in cells:
        cell = f"{path}:{connections}"

        def median(name, key):
            return rounds.median(cell, name, key)

        print(f"| {path} | {connections} | {len(rounds.of(cell, 'headroom', 'rate'))} | {median('direct', 'rate'):.0f} "
              f"| {median('nginx', 'rate'):.0f} | {median('headroom', 'rate'):.0f} "
              f"| {rounds.pairs(cell, 'headroom', 'nginx', 'rate')} "
              f"| {median('nginx', 'cpu'):.1f} µs | {median('headroom', 'cpu'):.1f} µs "
              f"| {rounds.pairs(cell, 'headroom', 'nginx', 'cpu')} "
              f"| {median('headroom', 'p50') - median('direct', 'p50'):.0f} µs |"
              + (f" {rounds.pairs(cell, 'headroom', 'other', 'rate')} "
                 f"| {rounds.pairs(cell, 'headroom', 'other', 'cpu')} |" if other else ""), flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--warm-up", type=int, default=7, help="rounds of each cell that are not counted")
    options.add_argument("--proxy-core", default="0")
    options.add_argument("--load-core", default="1")
    options.add_argument("--connections", default="1,8,64")
    options.add_argument("--paths", default="small.txt,large.txt,large.bin")
    options.add_argument("--cells", help="path:connections, by comma, instead of all paths with all connections")
    options.add_argument("--results", help="file of rounds: these are appended, those that it holds are counted in")
    options.add_argument("--headroom", default=measuring.ROOT, help="the folder whose ./headroom is measured")
    options.add_argument("--other", help="a folder with another ./headroom, to be measured in the same rounds")
    chosen = options.parse_args()
    if chosen.cells:
        cells = [tuple(cell.split(":")) for cell in chosen.cells.split(",")]
    else:
        cells = [(path, number) for path in chosen.paths.split(",") for number in chosen.connections.split(",")]
    rounds = measuring.Rounds(chosen.results)
    homes = {"headroom": chosen.headroom}
    if chosen.other:
        homes["other"] = chosen.other

    with running(homes, chosen.proxy_core, chosen.load_core) as servers:
        time.sleep(2)
        rest = measuring.resident_mb(servers[2].pids)
        # the JVM compiles its hot paths first, as it has on any server that is up for a minute, and some of them again
        # when connections have come and gone and it has been at rest, so by the same loads and pauses as in the rounds
        for _ in range(chosen.warm_up):
            for path, connections in cells:
                for server in servers[1:]:
                    load(server.port, path, connections, chosen.seconds, chosen.load_core)
        print(f"machine: {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, rounds of {chosen.seconds} s, "
              f"median of rounds; ratios are paired, with 95 % intervals\n", flush=True)
        for number in range(chosen.rounds):
            for path, connections in cells:
                rounds.add(f"{path}:{connections}", measuring.one_round(
                    servers, number, lambda server: requests(server, path, connections, chosen)))
        show(rounds, cells, chosen.other)
        print(f"\nHeadroom resident (proportional set size): {rest:.0f} MB at rest, "
              f"{measuring.resident_mb(servers[2].pids):.0f} MB after load")


if __name__ == "__main__":
    main()
