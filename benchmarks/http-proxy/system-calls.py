#!/usr/bin/env python3
"""System calls, context switches and processor time a request, by thread: Headroom's process beside nginx's.

The kernel counts them (`perf stat`), so the counts hold on a busy machine too, and nothing is stopped as by strace. Needs
Debian's linux-perf and root, or a kernel.perf_event_paranoid of -1.
"""

import argparse

from servers import load, measuring, running
import kernel_counts  # from the folder above, which servers has put on the path


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cells", default="small.txt:1,small.txt:8,small.txt:64,large.txt:8",
                         help="path:connections, by comma")
    options.add_argument("--seconds", type=int, default=3)
    options.add_argument("--warm-up", type=int, default=20, help="seconds of load before the first count")
    options.add_argument("--headroom", default=measuring.ROOT, help="the folder whose ./headroom is measured")
    chosen = options.parse_args()
    kernel_counts.required()
    with running({"headroom": chosen.headroom}, "0", "1") as servers:
        load(servers[2].port, "small.txt", 8, chosen.warm_up, "1")
        for cell in chosen.cells.split(","):
            path, connections = cell.split(":")
            for server in servers[1:]:
                counted = kernel_counts.during(
                    server.pids, lambda: load(server.port, path, connections, chosen.seconds, "1")["requests"])
                kernel_counts.show(f"{server.name}, {path}, {connections} connections", *counted)


if __name__ == "__main__":
    main()
