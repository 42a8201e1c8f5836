#!/bin/sh
# How much later an app answers its first request under headroom run, and what Headroom keeps resident at rest.
# Usage: benchmarks/start-and-rest/run.sh [ROUNDS]     (needs python3; takes about 4 s a round and 20 s at the end)
set -eu
cd "$(dirname "$0")/../.."
./headroom --version >/dev/null
exec python3 benchmarks/start-and-rest/measure.py "${1:-15}"
