#!/bin/sh
# Prints how long each answer of the page takes over a recording of 100,000 requests, and when Chromium first paints it,
# in a process with the heap of `headroom run`. Needs a JDK and Chromium. Usage: benchmarks/page.sh [REQUESTS [ROUNDS]]
set -e
cd "$(dirname "$0")/.."
# in one go, so that the server finds this core, not one that was installed before
./mvnw -q -pl server -am -DskipTests test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test >/dev/null
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
page() {
    java -XX:+UseSerialGC -Xmx64m -cp "server/target/classes:server/target/test-classes:$(cat server/target/classpath.txt)" \
        dev.headroom.server.page.PageFigures "$@"
}
page write "$folder/page.headroom" "${1:-100000}"
page "$folder/page.headroom" "${2:-15}"
