"""Prints each page's statements as PostgreSQL's log and Headroom's recording count them; exits 1 on a difference.

usage: compare.py POSTGRESQL_LOG REQUESTS_TSV [RECORDING]

A line of REQUESTS_TSV is a request: its path, its status, and the log's size in bytes before and after it.
"""

import re
import sqlite3
import sys
from collections import defaultdict

ENTRY = re.compile(rb"^\d+:LOG:  (?:statement|execute [^:]+): ?(.*)")
CONTROL = re.compile(
    rb"(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|SET|SHOW|RESET|DISCARD)\b|\s*$", re.I
)


def logged_statements(log):
    """How many statements a stretch of the log has, without those that control transactions and settings."""
    entries = [entry.group(1) for line in log.split(b"\n") if (entry := ENTRY.match(line))]
    return sum(1 for text in entries if not CONTROL.match(text))


def logged_requests(log_file, requests_file):
    """(path, statements) of each request in order, as the log counts."""
    with open(log_file, "rb") as file:
        log = file.read()
    with open(requests_file, encoding="utf-8") as file:
        for line in file:
            path, status, start, end = line.rstrip("\n").split("\t")
            if status != "200":
                sys.exit(f"{path} answered {status}")
            yield path, logged_statements(log[int(start) : int(end)])


def recorded_requests(recording):
    """(path, statements) of each request in order, as Headroom counts."""
    with sqlite3.connect(f"file:{recording}?mode=ro", uri=True) as database:
        return database.execute("SELECT path, statements FROM request ORDER BY start_nanos").fetchall()


def by_page(requests):
    """The counts of each page's requests, in order."""
    pages = defaultdict(list)
    for path, statements in requests:
        pages[path.split("?")[0]].append(statements)
    return pages


def main(log_file, requests_file, recording=None):
    logged = list(logged_requests(log_file, requests_file))
    # The first requests only asked whether the application is up.
    recorded = recorded_requests(recording)[-len(logged) :] if recording else logged
    pages, recorded_pages = by_page(logged), by_page(recorded)
    differences = 0
    print(f"{'PostgreSQL':>14} {'Headroom':>14}  page")
    for path in dict.fromkeys([*pages, *recorded_pages]):
        expected, seen = pages.get(path, []), recorded_pages.get(path, [])
        differences += expected != seen
        verdict = "" if expected == seen else "  <-- differs"
        counts = [" + ".join(map(str, each)) for each in (expected, seen if recording else [])]
        print(f"{counts[0]:>14} {counts[1]:>14}  {path}{verdict}")
    total = sum(count for _, count in logged)
    if differences:
        sys.exit(f"{differences} of {len(pages)} pages differ")
    if recording:
        print(f"Both counted {total} statements in {len(logged)} requests, and the same in each.")


if __name__ == "__main__":
    main(*sys.argv[1:])
