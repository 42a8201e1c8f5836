package dev.headroom.server.recording;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library. It must lie in a file to be loaded, so it is unpacked to the first folder that can be
 * written to and executed from, and that copy is removed as soon as it is loaded: nothing stays behind, however the
 * process ends.
 */
final class SqliteLibrary {
    private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";
    private static boolean loaded;

    private SqliteLibrary() {}

    /** Loads it once; throws when no folder will do. */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        String configured = System.getProperty(FOLDER_PROPERTY);
        List<String> failures = new ArrayList<>();
        for (Path folder : folders(configured)) {
            if (loadFrom(folder, failures)) {
                loaded = true;
                return;
            }
        }
        throw new HeadroomException("SQLite's native library could not be unpacked and loaded: "
                + String.join("; ", failures)
                + ". Name a folder that programs may be run from with JAVA_TOOL_OPTIONS=-D" + FOLDER_PROPERTY
                + "=FOLDER.");
    }

    private static Set<Path> folders(@Nullable String configured) {
        Set<Path> folders = new LinkedHashSet<>();
        if (configured != null) {
            folders.add(Path.of(configured));
        }
        folders.add(Path.of(System.getProperty("java.io.tmpdir")));
        folders.add(Path.of(System.getProperty("user.home"), ".cache"));
        folders.add(Path.of("/dev/shm"));
        folders.add(Path.of("/var/tmp"));
        folders.add(Path.of(".headroom").toAbsolutePath());
        return folders;
    }

    private static boolean loadFrom(Path folder, List<String> failures) {
        Path own = null;
        try {
            own = Files.createTempDirectory(Files.createDirectories(folder), "headroom-sqlite-");
            System.setProperty(FOLDER_PROPERTY, own.toString());
            if (SQLiteJDBCLoader.initialize()) {
                return true;
            }
            failures.add(folder + ": not loaded");
        } catch (Exception | LinkageError e) {
            failures.add(folder + ": " + firstLine(e));
        } finally {
            remove(own);
        }
        return false;
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + " "
                + message.lines().findFirst().orElse("");
    }

    private static void remove(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Windows keeps a loaded library: the driver deletes it at exit.
            folder.toFile().deleteOnExit();
        }
    }
}
