"""Searches the responses for every column that the report calls not seen; exits 1 where one of them was there.

usage: unseen.py DATABASE_URL REQUESTS_TSV RECORDING REPORT_JSON BODIES

BODIES holds the response of each line of REQUESTS_TSV, by its number from 1. A column was there where a response of its
route has one of its values: as it is, its first or last 40 characters, or a whole line of it of 20 or more; with HTML
and JSON undone, and without regard to white space and capitals. What is short may be there by chance: for a value of
fewer than 8 characters nothing is said.
"""

import html
import json
import pathlib
import re
import sys

import psycopg2
import psycopg2.sql

from compare import recorded_requests


def plain(text):
    return re.sub(r"\s+", " ", text).strip().lower()


def readings(body):
    """What a reader may have seen: the body as it is, with JSON's strings undone, and without mark-up and entities."""
    yield plain(body)
    undone = re.sub(r'\\(["\\/])', r"\1", re.sub(r"\\[nrt]", " ", body))
    undone = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found.group(1), 16)), undone)
    yield plain(undone)
    for text in (body, undone):
        yield plain(html.unescape(re.sub(r"<[^>]*>", " ", text)))
        yield plain(html.unescape(re.sub(r"<[^>]*>", "", text)))


def pieces(value):
    whole = plain(value)
    yield whole
    if len(whole) > 40:
        yield whole[:40]
        yield whole[-40:]
    yield from (line for line in map(plain, value.splitlines()) if len(line) >= 20)


def values(database, table, column):
    names = [psycopg2.sql.Identifier(name) for name in (*table.split("."), column)]
    query = psycopg2.sql.SQL("SELECT DISTINCT {}::text FROM {} WHERE {} IS NOT NULL").format(
        names[-1], psycopg2.sql.SQL(".").join(names[:-1]), names[-1])
    with database.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor]


def main(url, requests_file, recording, report_file, folder):
    with open(requests_file, encoding="utf-8") as file:
        count = sum(1 for _ in file)
    texts = {}
    for number, (_, _, operation) in enumerate(recorded_requests(recording)[-count:], 1):
        body = (pathlib.Path(folder) / str(number)).read_bytes().decode("utf-8", "replace")
        texts.setdefault(operation, set()).update(readings(body))
    with open(report_file, encoding="utf-8") as file:
        findings = [finding for finding in json.load(file)["findings"] if finding["check"] == "unused-data"]
    database = psycopg2.connect(url)
    false = 0
    for finding in findings:
        table = finding["details"]["table"]
        for column, size in finding["details"]["bytesPerRequestByColumn"].items():
            searched = [value for value in values(database, table, column) if len(plain(value)) >= 8]
            there = [
                value for value in searched
                if any(piece in text for piece in pieces(value) for text in texts[finding["operation"]])
            ]
            false += bool(there)
            print(f"{finding['operation']}: {table}.{column}, {size} bytes a request: "
                  f"{len(there)} of {len(searched)} values were there{': ' + repr(there[0][:60]) if there else ''}")
    print(f"{len(findings)} findings of unused-data, {false} columns wrongly called not seen.")
    sys.exit(1 if false else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
