#!/usr/bin/env python3
"""Prints precision and recall of the doctor by check and by evidence word, over the scenarios of the tests.

    benchmarks/scenarios.py          run the scenarios (needs a JDK), then print
    benchmarks/scenarios.py --only-print    print what the last test run left

A finding is right where its scenario wants it, a false alarm where the scenario neither wants nor tolerates it. A
scenario by the author of the checks is a guard: passing it shows that nothing got worse. Only those by someone who had
not read the checks are a measure, and once a fault that they found is mended, they are guards, too.
"""

import collections
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = [
    ROOT / "core/target/scenarios-trace.tsv",
    ROOT / "cli/target/scenarios-wire.tsv",
    ROOT / "cli/target/scenarios-psycopg2.tsv",
]


def run():
    for file in FILES:
        file.unlink(missing_ok=True)
    subprocess.run(
        ["./mvnw", "-q", "-pl", "cli", "-am", "test", "-Dtest=ScenariosTest,ScenariosOverTheWireTest,Psycopg2ScenariosTest",
         "-Dsurefire.failIfNoSpecifiedTests=false", "-Dmaven.test.failure.ignore=true"],
        cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def ratio(part, whole):
    return f"{part / whole:.3f}" if whole else "-"


def table(title, rows, key):
    counts = collections.defaultdict(collections.Counter)
    for row in rows:
        counts[key(row)][row["verdict"]] += 1
    print(f"\n{title:<42} right  false  missed  precision  recall")
    for name in sorted(counts):
        c = counts[name]
        right, wrong, missed = c["RIGHT"], c["FALSE_ALARM"], c["MISSED"]
        print(f"{name:<42} {right:>5} {wrong:>6} {missed:>7} {ratio(right, right + wrong):>10} "
              f"{ratio(right, right + missed):>7}")


def main():
    if "--only-print" not in sys.argv[1:]:
        run()
    rows = []
    for file in FILES:
        if not file.exists():
            print(f"not run here: {file.name}")
            continue
        for line in file.read_text().splitlines():
            rows.append(dict(zip(["kind", "origin", "name", "check", "word", "verdict"], line.split("\t"))))
    tried = [row for row in rows if row["verdict"] == "TRIED"]
    said = [row for row in rows if row["verdict"] != "TRIED"]
    for kind in ["trace", "wire", "psycopg2"]:
        for origin in ["GUARD", "INDEPENDENT"]:
            of = [row for row in tried if row["kind"] == kind and row["origin"] == origin]
            if of:
                silent = sum(row["check"] == "silence" for row in of)
                print(f"{kind}, {origin.lower()}: {len(of)} scenarios, {silent} of them must stay silent")
    table("all scenarios, by check", said, lambda row: row["check"])
    table("all scenarios, by word", [row for row in said if row["word"] != "-"], lambda row: row["word"])
    table("by kind and author", said, lambda row: f"{row['kind']}, {row['origin'].lower()}")


main()
