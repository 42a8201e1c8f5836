package dev.headroom.core.library;

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

/**
 * A native library that comes in a jar. It must lie in a file to be loaded, so it is unpacked to the first folder that can
 * be written to and executed from, and that copy is removed as soon as it is loaded: nothing stays behind, however the
 * process ends, but by force while it loads.
 */
public final class NativeLibrary {
    private NativeLibrary() {}

    /** Unpacks a library to a folder of its own and loads it from there. */
    public interface Loading {
        /** Throws anything where that can't be done there. */
        void from(Path folder) throws Exception;
    }

    /**
     * Loads it.
     *
     * @param name of the library, for people and for the folder
     * @param first a folder to be tried before all others; null for none
     * @throws HeadroomException where no folder will do; says why for each
     */
    public static void load(String name, @Nullable String first, Loading loading) {
        List<String> failures = new ArrayList<>();
        for (Path folder : folders(first)) {
            if (loaded(folder, name, loading, failures)) {
                return;
            }
        }
        throw new HeadroomException("The native library of " + name + " could not be unpacked and loaded: "
                + String.join("; ", failures)
                + ". Name a folder that programs may be run from with HEADROOM_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.");
    }

    private static Set<Path> folders(@Nullable String first) {
        Set<Path> folders = new LinkedHashSet<>();
        if (first != null) {
            folders.add(Path.of(first));
        }
        folders.add(Path.of(System.getProperty("java.io.tmpdir")));
        folders.add(Path.of(System.getProperty("user.home"), ".cache"));
        folders.add(Path.of("/dev/shm"));
        folders.add(Path.of("/var/tmp"));
        folders.add(Path.of(".headroom").toAbsolutePath());
        return folders;
    }

    private static boolean loaded(Path folder, String name, Loading loading, List<String> failures) {
        try {
            Path own = Files.createTempDirectory(Files.createDirectories(folder), "headroom-" + name + "-");
            // Ctrl-C may end the process while the copy is there
            Thread atExit = new Thread(() -> remove(own));
            try {
                Runtime.getRuntime().addShutdownHook(atExit);
                loading.from(own);
                return true;
            } finally {
                remove(own);
                forget(atExit);
            }
        } catch (Exception | LinkageError e) {
            failures.add(folder + ": " + firstLine(e));
            return false;
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the process is ending, and it runs
        }
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().getSimpleName() + " "
                + message.lines().findFirst().orElse("");
    }

    private static void remove(Path folder) {
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
