package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.HeldPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server of the operating system's PostgreSQL packages, whose own tools insist on their own version. */
final class InstalledServer implements AutoCloseable {
    private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

    final int port;
    private final Path bin;
    private final Path folder;
    private boolean running = true;

    private InstalledServer(Path bin) throws IOException {
        this.bin = bin;
        folder = Files.createTempDirectory("headroom-pg");
        if (asRoot()) {
            Command.run(List.of("chown", "postgres", folder.toString()));
        }
        asOwner(bin.resolve("initdb") + " -A trust -U postgres -D " + data());
        // held until the server has it
        try (HeldPort free = HeldPort.any()) {
            port = free.number;
            asOwner(bin.resolve("pg_ctl") + " -w -l " + folder.resolve("log") + " -D " + data() + " -o '-p " + port
                    + " -k " + folder + " -c fsync=off -c listen_addresses=127.0.0.1' start");
        }
    }

    /** Starts one; null where no server is installed. */
    static @Nullable InstalledServer start() throws IOException {
        if (!Files.isDirectory(PACKAGES)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(PACKAGES)) {
            Path bin = versions.map(version -> version.resolve("bin"))
                    .filter(found -> Files.isExecutable(found.resolve("initdb")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            return bin == null ? null : new InstalledServer(bin);
        }
    }

    /** A program of the server's own version that is not on the path. */
    String program(String name) {
        return bin.resolve(name).toString();
    }

    /** Stops the server; what it had stays until it is closed. */
    void stop() throws IOException {
        if (running) {
            running = false;
            asOwner(bin.resolve("pg_ctl") + " -w -m immediate -D " + data() + " stop");
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static boolean asRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void asOwner(String command) throws IOException {
        // PostgreSQL refuses to run as root
        Command.run(
                asRoot() ? List.of("su", "postgres", "-s", "/bin/sh", "-c", command) : List.of("sh", "-c", command));
    }
}
