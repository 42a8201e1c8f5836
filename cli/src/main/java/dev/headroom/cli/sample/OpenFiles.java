package dev.headroom.cli.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What processes have open, by /proc/PID/fd (proc(5)). Linux only, else nothing. */
public final class OpenFiles {
    private static final String SOCKET = "socket:[";
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final Path proc;

    OpenFiles(Path proc) {
        this.proc = proc;
    }

    /** Those of this machine. */
    public static OpenFiles ofThisMachine() {
        return new OpenFiles(Path.of("/proc"));
    }

    /** The inodes of a process's sockets; none where it has ended or is another user's. */
    List<Long> sockets(long pid) {
        List<Long> sockets = new ArrayList<>();
        for (String target : targets(pid)) {
            if (target.startsWith(SOCKET)) {
                sockets.add(Long.parseLong(target.substring(SOCKET.length(), target.length() - 1)));
            }
        }
        return sockets;
    }

    /** Whether it can be seen what a process has open; so it can of one that has ended. */
    boolean readable(long pid) {
        Path folder = proc.resolve(Long.toString(pid)).resolve("fd");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return files.iterator() != null;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The SQLite databases that these processes have open, told by how the files begin (sqlite.org, "Magic Header String"). */
    public List<Path> sqlite(List<Long> pids) {
        return pids.stream()
                .flatMap(pid -> targets(pid).stream())
                .filter(target -> target.startsWith("/") && !target.startsWith("/dev/") && !target.startsWith("/proc/"))
                .distinct()
                .map(Path::of)
                .filter(OpenFiles::isSqlite)
                .sorted()
                .toList();
    }

    private static boolean isSqlite(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        // a new one is empty until it is first written to
        if (file.toFile().length() == 0) {
            return file.toString().matches(".*\\.(?:db|sqlite|sqlite3)");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(SQLITE.length), SQLITE);
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> targets(long pid) {
        List<String> targets = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path file : files) {
                targets.add(target(file));
            }
        } catch (IOException | DirectoryIteratorException e) {
            // ended, or another user's
            return targets;
        }
        return targets;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
