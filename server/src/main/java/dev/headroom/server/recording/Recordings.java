package dev.headroom.server.recording;

import dev.headroom.core.FileFailure;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where recordings lie by default: {@code .headroom/<time>.headroom} below the folder that the app is started in. */
public final class Recordings {
    /** The ending of a recording's name. */
    public static final String EXTENSION = ".headroom";

    /** The folder of recordings, below the one that the app is started in. */
    public static final String DIRECTORY = ".headroom";

    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

    private Recordings() {}

    /**
     * A name for a new recording below {@code folder}, by local time; creates {@code .headroom} for its owner only,
     * with a .gitignore of everything in it.
     */
    public static Path next(Path folder, Instant now) {
        Path directory = folder.resolve(DIRECTORY);
        try {
            create(directory);
        } catch (IOException e) {
            throw new HeadroomException(
                    "The folder " + directory + " for recordings could not be created (" + FileFailure.reason(e)
                            + "). Name a file in a folder that can be written to with --out.",
                    e);
        }
        String time = NAME.format(now.atZone(ZoneId.systemDefault()));
        Path file = directory.resolve(time + EXTENSION);
        for (int i = 2; Files.exists(file); i++) {
            file = directory.resolve(time + "-" + i + EXTENSION);
        }
        return file;
    }

    private static void create(Path directory) throws IOException {
        try {
            OwnerOnly.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        Path ignore = directory.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
    }

    /**
     * The recording below {@code folder} that was written to last.
     *
     * @throws HeadroomException if there is none
     */
    public static Path last(Path folder) {
        Path directory = folder.resolve(DIRECTORY);
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                var last = files.filter(file -> file.getFileName().toString().endsWith(EXTENSION))
                        .filter(Files::isRegularFile)
                        .max(Comparator.comparingLong(Recordings::writtenMillis)
                                .thenComparing(file -> file.getFileName().toString()));
                if (last.isPresent()) {
                    return last.get();
                }
            } catch (IOException e) {
                throw new HeadroomException("The folder " + directory + " could not be read: " + e.getMessage(), e);
            }
        }
        throw new HeadroomException("There is no recording in "
                + directory.toAbsolutePath().normalize() + ". Make one with: headroom run -- COMMAND");
    }

    private static long writtenMillis(Path file) {
        // While a recording is written, news are in the file beside it.
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Math.max(file.toFile().lastModified(), log.toFile().lastModified());
    }
}
