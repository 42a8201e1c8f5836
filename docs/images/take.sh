#!/bin/sh
# Takes the pictures in this folder anew, of the recordings of `./headroom demo`. Needs a JDK and Chromium.
set -e
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
./headroom demo --keep "$folder"
./mvnw -q -pl server -am -DskipTests test-compile
./mvnw -q -pl server dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test >/dev/null
java -cp "server/target/classes:server/target/test-classes:core/target/classes:$(cat server/target/classpath.txt)" \
    dev.headroom.server.page.Screenshots docs/images "$folder/before.headroom" "$folder/after.headroom"
