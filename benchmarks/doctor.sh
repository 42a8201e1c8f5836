#!/bin/sh
# Prints what reading a statement costs, how many statements a second go through all checks on one thread, and the
# precision and recall over the scenarios of core/src/test. Needs only a JDK. The first run compiles.
set -e
cd "$(dirname "$0")/.."
./mvnw -q -pl core test -Dtest=ScenariosTest
cat core/target/scenarios.txt
./mvnw -q -pl core dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test >/dev/null
for main in sql.StatementThroughput check.DoctorThroughput; do
    java -XX:+UseSerialGC -Xmx256m -cp "core/target/classes:core/target/test-classes:$(cat core/target/classpath.txt)" \
        "dev.headroom.core.$main"
done
