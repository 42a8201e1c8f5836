package dev.headroom.cli.endtoend;

import dev.headroom.cli.run.FreePort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;

/** How tests start a PostgreSQL of their own. */
public final class TestPostgres {
    private TestPostgres() {}

    /**
     * Without syncing, at a port that the system gives to no connection until the server has it, and with time to start on
     * a slow machine.
     */
    public static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setPort(FreePort.any())
                .setPGStartupWait(Duration.ofMinutes(2));
    }
}
