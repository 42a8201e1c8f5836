#!/bin/sh
# Takes the pictures in this folder anew, of the recordings of `./headroom demo`. Needs a JDK and Chromium;
# pngquant, where it is there, makes them smaller.
set -e
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
./headroom demo --keep "$folder"
# in one go, so that the server finds this core, not one that was installed before
./mvnw -q -pl server -am -DskipTests test-compile dependency:build-classpath \
    -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test >/dev/null
java -cp "server/target/classes:server/target/test-classes:$(cat server/target/classpath.txt)" \
    dev.headroom.server.page.Screenshots "$folder/pictures" "$folder/before.headroom" "$folder/after.headroom"
# those that the documents show
for picture in overview request finding memory compare; do
    cp "$folder/pictures/$picture.png" docs/images/
    if command -v pngquant >/dev/null; then
        pngquant --force --ext .png --skip-if-larger --quality 85-100 "docs/images/$picture.png" || [ $? -ge 98 ]
    fi
done
