"""Compares request by request the statements in PostgreSQL's log with those of a recording.

usage: counts.py FOLDER RECORDING POSTGRESQL_LOG; the log's prefix is '%p:%a:%d:'; ends with 1 where they differ.
"""

import json
import re
import sqlite3
import sys

ENTRY = re.compile(rb"^\d+:(?P<application>[^:]*):[^:]*:LOG:  (?:statement|execute [^:]+): ?(?P<text>.*)")
CONTROL = re.compile(
    rb"(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|SET|SHOW|RESET|DISCARD)\b|\s*;?\s*$", re.I
)


def logged(log):
    """How many statements a stretch of the log has: not those that control transactions, nor Headroom's own."""
    # further lines of a statement begin with a tab; an empty first one is no empty statement then
    entries = [match for line in log.replace(b"\n\t", b" ").split(b"\n") if (match := ENTRY.match(line))]
    return sum(1 for each in entries if each["application"] != b"headroom" and not CONTROL.match(each["text"].strip()))


def main(folder, recording, log_file):
    with open(log_file, "rb") as file:
        log = file.read()
    with open(f"{folder}/responses.jsonl", encoding="utf-8") as file:
        asked = [json.loads(line) for line in file]
    with sqlite3.connect(f"file:{recording}?mode=ro", uri=True) as database:
        recorded = database.execute(
            "SELECT route.method, request.path, request.statements FROM request"
            " JOIN route ON route.number = request.route ORDER BY request.start_nanos"
        ).fetchall()[-len(asked) :]
    different = total = seen = 0
    for entry, (method, path, statements) in zip(asked, recorded):
        count = logged(log[slice(*entry["log"])])
        total += count
        seen += statements
        if count != statements or method != entry["method"]:
            print(f"{entry['method']} {entry['target']}: {count} in the log, {statements} recorded for {method} {path}")
            different += 1
    print(f"{len(asked)} requests: {total} statements in the log, {seen} recorded; {different} requests differ")
    sys.exit(bool(different))


if __name__ == "__main__":
    main(*sys.argv[1:])
