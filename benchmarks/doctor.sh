#!/bin/sh
# Prints what reading a statement costs, and how many statements a second go through all checks on one thread. Needs
# only a JDK. The first run compiles. How often the checks are right, scenarios.py prints.
set -e
cd "$(dirname "$0")/.."
./mvnw -q -pl core test-compile
./mvnw -q -pl core dependency:build-classpath -Dmdep.outputFile=target/classpath.txt -Dmdep.includeScope=test >/dev/null
for main in sql.StatementThroughput check.DoctorThroughput; do
    java -XX:+UseSerialGC -Xmx256m -cp "core/target/classes:core/target/test-classes:$(cat core/target/classpath.txt)" \
        "dev.headroom.core.$main"
done
# a request of a million statements is some 230 MB itself
java -XX:+UseSerialGC -Xmx512m -cp "core/target/classes:core/target/test-classes:$(cat core/target/classpath.txt)" \
    dev.headroom.core.check.MillionStatements
