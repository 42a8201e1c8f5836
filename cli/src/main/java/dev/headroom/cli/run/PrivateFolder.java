package dev.headroom.cli.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for one run that nobody else can read: sockets and translated password files. Gone when closed. */
final class PrivateFolder implements AutoCloseable {
    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Creates it among the system's temporary files, with mode 0700 as createTempDirectory does. */
    static PrivateFolder create() {
        try {
            return new PrivateFolder(Files.createTempDirectory("headroom-"));
        } catch (IOException e) {
            throw new CannotRunException(
                    ExitStatus.CANNOT_CREATE,
                    "no temporary folder could be created (" + e.getMessage() + "); set java.io.tmpdir in"
                            + " HEADROOM_JAVA_OPTS to a folder that can be written to",
                    e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // the system clears its temporary files some time
            return;
        }
    }
}
