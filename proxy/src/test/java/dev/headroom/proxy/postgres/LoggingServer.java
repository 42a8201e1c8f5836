package dev.headroom.proxy.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PostgreSQL that logs every statement it executes, to compare with; one for all tests of the JVM. */
final class LoggingServer {
    private static final Pattern STATEMENT =
            Pattern.compile("^\\d+@LOG: {2}(?:statement|execute [^:]+|fastpath function call): (.*)$");

    private static LoggingServer shared;

    private final EmbeddedPostgres postgres;
    private final Path log;

    private LoggingServer() throws IOException {
        Path folder = Files.createTempDirectory("headroom-log");
        log = folder.resolve("postgres.log");
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("log_statement", "all")
                .setServerConfig("log_line_prefix", "%p@")
                .setServerConfig("log_disconnections", "on")
                .setServerConfig("log_error_verbosity", "terse")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_directory", folder.toString())
                .setServerConfig("log_filename", log.getFileName().toString())
                .setServerConfig("max_connections", "600")
                .setServerConfig("fsync", "off")
                .setServerConfig("shared_buffers", "32MB")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
    }

    static synchronized LoggingServer shared() {
        if (shared == null) {
            try {
                shared = new LoggingServer();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    int port() {
        return postgres.getPort();
    }

    /**
     * What the backend with that process id executed, in order, each text up to its first line break. The connection
     * was closed.
     */
    List<String> executed(int backendPid) throws IOException {
        List<String> lines = List.of();
        for (int attempt = 0; !disconnected(lines, backendPid) && attempt < 400; attempt++) {
            // PostgreSQL's collector writes the log when it gets to it, and tells nobody
            LockSupport.parkNanos(25_000_000);
            lines = Files.readAllLines(log);
        }
        List<String> texts = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = STATEMENT.matcher(line);
            if (line.startsWith(backendPid + "@") && matcher.matches()) {
                texts.add(matcher.group(1));
            }
        }
        return texts;
    }

    private static boolean disconnected(List<String> lines, int backendPid) {
        return lines.stream().anyMatch(line -> line.startsWith(backendPid + "@LOG:  disconnection"));
    }

    private void stop() {
        try {
            postgres.close();
            Files.deleteIfExists(log);
            Files.deleteIfExists(log.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
