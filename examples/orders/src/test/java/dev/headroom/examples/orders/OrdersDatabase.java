package dev.headroom.examples.orders;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** The seeded PostgreSQL that all tests share; it logs every statement and ends with the JVM. */
final class OrdersDatabase {
    private static final Path LOG = newLog();
    private static final EmbeddedPostgres POSTGRES = start();

    private OrdersDatabase() {}

    /** The address in the form that hosting platforms give. */
    static String url() {
        return "postgres://postgres@127.0.0.1:" + POSTGRES.getPort() + "/postgres";
    }

    static PostgresLog log() {
        return new PostgresLog(LOG);
    }

    private static EmbeddedPostgres start() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("log_statement", "all")
                    .setServerConfig("log_line_prefix", "%p:")
                    .setOutputRedirector(Redirect.appendTo(LOG.toFile()))
                    .setErrorRedirector(Redirect.appendTo(LOG.toFile()))
                    .start();
            try (var connection = postgres.getPostgresDatabase().getConnection()) {
                Seed.into(connection);
            }
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("could not seed", e);
        }
    }

    private static Path newLog() {
        try {
            var log = Files.createTempFile("orders-postgresql", ".log");
            log.toFile().deleteOnExit();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
