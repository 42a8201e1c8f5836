"""Prints each page's statements as PostgreSQL's log and Headroom's recording count them; exits 1 on a difference.

usage: compare.py POSTGRESQL_LOG REQUESTS_TSV [RECORDING REPORT_JSON]

A line of REQUESTS_TSV is a request: its path, its status, and the log's size in bytes before and after it.
The recording is compared request by request; of the report, each route's number of requests, median and maximum.
"""

import json
import re
import sqlite3
import sys
from collections import defaultdict

# the line begins with the application's name; Headroom's own, which asks for statistics, is not the app
ENTRY = re.compile(rb"^(?!headroom:)[^:]*:LOG:  (?:statement|execute [^:]+): ?(.*)")
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
    """(path, statements, operation) of each request in order, as Headroom counts; an operation is method and route."""
    with sqlite3.connect(f"file:{recording}?mode=ro", uri=True) as database:
        return database.execute(
            """
            SELECT request.path, request.statements, route.method || ' ' || route.route
            FROM request JOIN route ON route.number = request.route ORDER BY request.start_nanos
            """
        ).fetchall()


def report_differences(report_file, counts_of):
    """What the report says of an operation other than the log does: a line each."""
    with open(report_file, encoding="utf-8") as file:
        reported = {each["operation"]: each for each in json.load(file)["operations"]}
    for operation, counts in counts_of.items():
        expected = (len(counts), sorted(counts)[(len(counts) - 1) // 2], max(counts))
        each = reported.get(operation, {})
        said = tuple(each.get(name) for name in ("requests", "statementsMedian", "statementsMax"))
        if said != expected:
            yield f"{operation}: requests, median and maximum are {expected}, the report says {said}"


def by_page(requests):
    """The counts of each page's requests, in order."""
    pages = defaultdict(list)
    for path, statements in requests:
        pages[path.split("?")[0]].append(statements)
    return pages


def main(log_file, requests_file, recording=None, report_file=None):
    logged = list(logged_requests(log_file, requests_file))
    # The first requests only asked whether the application is up.
    recorded = recorded_requests(recording)[-len(logged) :] if recording else []
    pages, recorded_pages = by_page(logged), by_page((path, statements) for path, statements, _ in recorded)
    differences = []
    print(f"{'PostgreSQL':>14} {'Headroom':>14}  page")
    for path, counts in pages.items():
        seen = recorded_pages.get(path, [])
        if recording and counts != seen:
            differences.append(f"{path}: {counts} in the log, {seen} in the recording")
        print(f"{' + '.join(map(str, counts)):>14} {' + '.join(map(str, seen)):>14}  {path}")
    if not recording:
        return

    counts_of = defaultdict(list)
    for (_, statements), (_, _, operation) in zip(logged, recorded):
        counts_of[operation].append(statements)
    differences += report_differences(report_file, counts_of)
    if differences:
        sys.exit("\n".join(["The counts differ:", *differences]))
    total = sum(statements for _, statements in logged)
    print(f"Log, recording and report agree on {total} statements in {len(logged)} requests of {len(counts_of)} routes.")


if __name__ == "__main__":
    main(*sys.argv[1:])
