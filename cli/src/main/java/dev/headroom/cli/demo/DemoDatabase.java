package dev.headroom.cli.demo;

import dev.headroom.cli.run.FreePort;
import dev.headroom.core.HeadroomException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL of the demo's own on a free port of the loopback address, gone when closed. */
final class DemoDatabase implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EmbeddedPostgres server;
    private final ProcessHandle process;

    private DemoDatabase(EmbeddedPostgres server, ProcessHandle process) {
        this.server = server;
        this.process = process;
    }

    /** Starts one with its files below {@code folder}. */
    static DemoDatabase start(Path folder) {
        Path data = folder.resolve("data");
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(folder.resolve("postgres").toFile())
                    .setDataDirectory(data)
                    .setServerConfig("fsync", "off")
                    .setPort(FreePort.any())
                    .setPGStartupWait(START)
                    .start();
            // PostgreSQL documentation, "Database File Layout": its first line is the process id
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            return new DemoDatabase(server, ProcessHandle.of(pid).orElseThrow());
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

    /**
     * Stops it and waits for its end. When we are interrupted, the library stops it at the same moment by a hook of its
     * own: then closing returns at once, and its files must not be deleted before it has ended.
     */
    @Override
    public void close() {
        try {
            server.close();
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (IOException | TimeoutException | ExecutionException e) {
            // its other processes end when the first one is gone
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
