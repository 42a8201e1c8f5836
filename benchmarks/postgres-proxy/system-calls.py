#!/usr/bin/env python3
"""System calls, context switches and processor time a statement, by thread: Headroom's process beside pgbouncer's.

The kernel counts them (`perf stat`), so the counts hold on a busy machine too, and nothing is stopped as by strace. Needs
Debian's linux-perf and root, or a kernel.perf_event_paranoid of -1.
"""

import argparse

from servers import measuring, pgbench, running
import kernel_counts  # from the folder above, which servers has put on the path


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cells", default="simple:8,extended:8,prepared:8,prepared:1", help="mode:clients, by comma")
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("--warm-up", type=int, default=20, help="seconds of load before the first count")
    options.add_argument("--headroom", default=measuring.ROOT, help="the folder whose ./headroom is measured")
    chosen = options.parse_args()
    kernel_counts.required()
    with running({"headroom": chosen.headroom}) as servers:
        pgbench(servers[2].port, "prepared", 8, chosen.warm_up)
        for cell in chosen.cells.split(","):
            mode, clients = cell.split(":")
            for server in servers[1:]:
                # what belongs to the start of a connection is a small part of a run of seconds
                counted = kernel_counts.during(
                    server.pids, lambda: pgbench(server.port, mode, clients, chosen.seconds)["statements"])
                kernel_counts.show(f"{server.name}, {mode}, {clients} clients", *counted)


if __name__ == "__main__":
    main()
