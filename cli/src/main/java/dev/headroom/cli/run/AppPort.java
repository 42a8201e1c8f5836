package dev.headroom.cli.run;

import java.util.List;
import java.util.Map;

/** Tells the app its port by the variables that frameworks read. */
final class AppPort {
    /** PORT is the twelve-factor contract; the others are what frameworks read instead when nothing else is said. */
    private static final List<String> VARIABLES = List.of(
            "PORT", "SERVER_PORT", "QUARKUS_HTTP_PORT", "MICRONAUT_SERVER_PORT", "FLASK_RUN_PORT", "UVICORN_PORT");

    private AppPort() {}

    /** Sets them in {@code environment}. */
    static void tell(int port, Map<String, String> environment) {
        for (String name : VARIABLES) {
            environment.put(name, Integer.toString(port));
        }
    }
}
