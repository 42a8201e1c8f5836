#!/bin/sh
# Prints what reading a statement costs, and how many statements a second go through all checks on one thread: each
# figure as the median of several runs, with the least and the most. Needs a JDK and Python. The first run compiles.
# How often the checks are right, scenarios.py prints.
#   doctor.sh [RUNS]    5 runs unless told
set -e
cd "$(dirname "$0")/.."
runs=${1:-5}
./mvnw -q -pl core test-compile
./mvnw -q -pl core dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test >/dev/null
classes="core/target/classes:core/target/test-classes:$(cat core/target/classpath.txt)"

measure() {
    heap=$1
    run=0
    while [ "$run" -lt "$runs" ]; do
        java -XX:+UseSerialGC "-Xmx$heap" -cp "$classes" "dev.headroom.core.$2"
        run=$((run + 1))
    done | python3 -c '
import re, statistics, sys
lines = sys.stdin.read().splitlines()
rows = [[float(n.replace(",", "")) for n in re.findall(r"[\d,]*\.?\d+", line)] for line in lines]
texts = iter(re.split(r"[\d,]*\.?\d+", lines[0]))
out = next(texts)
for column, text in zip(zip(*rows), texts):
    least, most = min(column), max(column)
    spread = f" ({least:,.10g} to {most:,.10g})" if least != most else ""
    out += f"{statistics.median(column):,.10g}{spread}{text}"
print(out)'
}

measure 256m sql.StatementThroughput
measure 256m check.DoctorThroughput
# a request of a million statements is some 230 MB itself
measure 512m check.MillionStatements
