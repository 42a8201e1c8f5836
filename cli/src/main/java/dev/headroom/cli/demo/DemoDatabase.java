package dev.headroom.cli.demo;

import dev.headroom.core.HeadroomException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL of the demo's own on a free port of the loopback address, gone when closed. */
final class DemoDatabase implements AutoCloseable {
    private final EmbeddedPostgres server;

    private DemoDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts one with its files below {@code folder}. */
    static DemoDatabase start(Path folder) {
        try {
            return new DemoDatabase(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                    .setDataDirectory(folder.resolve("data"))
                    .setServerConfig("fsync", "off")
                    .start());
        } catch (IOException | IllegalStateException e) {
            throw new HeadroomException(
                    "the demo's PostgreSQL did not start in " + folder + ": " + e.getMessage()
                            + "; it needs about 200 MB of free space there and a system with glibc or musl",
                    e);
        }
    }

    String url() {
        return "postgres://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres";
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new HeadroomException("the demo's PostgreSQL could not be stopped: " + e.getMessage(), e);
        }
    }
}
