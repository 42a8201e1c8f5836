package dev.headroom.cli.sample;

import dev.headroom.core.trace.JvmSample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks Java processes for their heaps, without an agent: HotSpot keeps its performance data in
 * {@code /tmp/hsperfdata_USER/PID}, where the process sees its own temporary folder and its own id (os_linux.cpp and
 * perfMemory_posix.cpp; namespaces as in JDK-8193710). One read of at most 64 KB a process. For one thread.
 */
final class JvmProcesses {
    private static final String FOLDER = "hsperfdata_";

    /** A JVM writes its file within its first tenth of a second. */
    private static final int LOOKS = 10;

    private static final int LOOKS_BEFORE_SILENT = 3;

    /** By how much the system's idea of a process's start may be off. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    private final Path proc;
    private final Path temporary;
    private final Map<Long, Known> known = new HashMap<>();

    /** What is known of a process while it runs the same program. */
    private static final class Known {
        private final String program;
        private @Nullable Path file;
        private int missed;
        private boolean told;

        Known(String program) {
            this.program = program;
        }

        boolean java() {
            return program.endsWith("/java");
        }
    }

    /** Processes below {@code proc}; {@code temporary} is the folder of those that share ours. */
    JvmProcesses(Path proc, Path temporary) {
        this.proc = proc;
        this.temporary = temporary;
    }

    /** What the Java processes among {@code pids} tell; one that tells nothing is told once. */
    List<JvmSample> read(List<Long> pids, long nanos) {
        known.keySet().retainAll(Set.copyOf(pids));
        List<JvmSample> samples = new ArrayList<>();
        for (long pid : pids) {
            JvmSample sample = read(pid, nanos);
            if (sample != null) {
                samples.add(sample);
            }
        }
        return samples;
    }

    private @Nullable JvmSample read(long pid, long nanos) {
        String program = program(pid);
        if (program == null) {
            return null;
        }
        Known process = known.get(pid);
        if (process == null || !process.program.equals(program)) {
            process = new Known(program);
            known.put(pid, process);
        }
        if (process.file == null && process.missed < LOOKS) {
            process.file = find(pid);
        }
        PerformanceData data = process.file == null ? null : content(process.file);
        if (data != null) {
            process.told = true;
            return HeapFigures.of(data, nanos, pid);
        }
        process.missed++;
        boolean silent = process.java() && !process.told && process.missed == LOOKS_BEFORE_SILENT;
        return silent ? JvmSample.unknown(nanos, pid) : null;
    }

    private @Nullable String program(long pid) {
        try {
            return Files.readSymbolicLink(folder(pid).resolve("exe")).toString();
        } catch (IOException | SecurityException e) {
            return null;
        }
    }

    private Path folder(long pid) {
        return proc.resolve(Long.toString(pid));
    }

    private @Nullable Path find(long pid) {
        String user = null;
        String[] ids = {Long.toString(pid)};
        for (String line : ProcFile.lines(folder(pid).resolve("status"))) {
            String[] words = line.split("\\s+");
            if (line.startsWith("Uid:") && words.length > 2) {
                user = words[2];
            } else if (line.startsWith("NSpid:") && words.length > 1) {
                ids = List.of(words).subList(1, words.length).toArray(String[]::new);
            }
        }
        if (user == null) {
            return null;
        }
        String id = ids[ids.length - 1];
        Instant start = ProcessHandle.of(pid)
                .flatMap(each -> each.info().startInstant())
                .orElse(Instant.EPOCH);
        Path own = in(folder(pid).resolve("root/tmp"), id, user, start);
        // in a namespace of its own the process's id is another's out here
        return own != null || ids.length > 1 ? own : in(temporary, id, user, start);
    }

    private static @Nullable Path in(Path folder, String id, String user, Instant start) {
        try (DirectoryStream<Path> users = Files.newDirectoryStream(folder, FOLDER + "*")) {
            for (Path each : users) {
                Path file = each.resolve(id);
                if (belongs(file, user, start)) {
                    return file;
                }
            }
        } catch (IOException | DirectoryIteratorException | SecurityException e) {
            return null;
        }
        return null;
    }

    /** Whether the process wrote it: another user's, or one that an ended process left behind, tells of another. */
    private static boolean belongs(Path file, String user, Instant start) {
        try {
            Map<String, Object> facts =
                    Files.readAttributes(file, "unix:uid,isRegularFile,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
            return Boolean.TRUE.equals(facts.get("isRegularFile"))
                    && user.equals(String.valueOf(facts.get("uid")))
                    && facts.get("lastModifiedTime") instanceof FileTime written
                    && !written.toInstant().isBefore(start.minus(TOLERANCE));
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return false;
        }
    }

    private static @Nullable PerformanceData content(Path file) {
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return PerformanceData.of(in.readNBytes(PerformanceData.MOST_BYTES));
        } catch (IOException | SecurityException e) {
            return null;
        }
    }
}
