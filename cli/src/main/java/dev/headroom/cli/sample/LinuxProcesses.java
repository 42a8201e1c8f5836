package dev.headroom.cli.sample;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads processes below /proc (proc(5)). Thread-safe. */
final class LinuxProcesses {
    /** USER_HZ, which is 100 on every architecture that Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private final Path proc;

    LinuxProcesses(Path proc) {
        this.proc = proc;
    }

    /** Whether there is such a folder. */
    boolean available() {
        return Files.isReadable(proc.resolve("self/stat"));
    }

    /** What these processes use together; those that have ended meanwhile don't count. */
    TreeUse read(List<Long> pids) {
        Sum proportional = new Sum();
        Sum resident = new Sum();
        Sum swap = new Sum();
        Sum files = new Sum();
        long cpu = 0;
        int processes = 0;
        int threads = 0;
        for (long pid : pids) {
            Path folder = proc.resolve(Long.toString(pid));
            String[] stat = stat(folder);
            if (stat == null) {
                continue;
            }
            processes++;
            threads += Integer.parseInt(stat[17]);
            for (int field = 11; field <= 14; field++) {
                cpu += Long.parseLong(stat[field]) * NANOS_PER_TICK;
            }
            List<String> rollup = ProcFile.lines(folder.resolve("smaps_rollup"));
            List<String> status = ProcFile.lines(folder.resolve("status"));
            proportional.add(kilobytes(rollup, "Pss:"));
            resident.add(kilobytes(status, "VmRSS:"));
            swap.add(kilobytes(status, "VmSwap:"));
            files.add(openFiles(folder));
        }
        if (processes == 0) {
            return TreeUse.MISSING;
        }
        // one figure that is missing makes the sum a wrong one
        return new TreeUse(
                proportional.total(), resident.total(), swap.total(), processes, threads, (int) files.total(), cpu);
    }

    /** The fields of /proc/PID/stat from the third on, since the second may hold spaces; null once it has ended. */
    private static String @Nullable [] stat(Path folder) {
        String text = ProcFile.text(folder.resolve("stat"));
        return text == null ? null : text.substring(text.lastIndexOf(')') + 2).split(" ");
    }

    private static long kilobytes(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                String digits = line.substring(name.length()).replace("kB", "").strip();
                return Long.parseLong(digits) * 1024;
            }
        }
        return -1;
    }

    private static long openFiles(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("fd"))) {
            long count = 0;
            for (Path ignored : files) {
                count++;
            }
            return count;
        } catch (IOException | DirectoryIteratorException e) {
            return -1;
        }
    }

    /** A sum that is missing once a part of it is. */
    private static final class Sum {
        private long total;

        void add(long part) {
            total = total < 0 || part < 0 ? -1 : total + part;
        }

        long total() {
            return total;
        }
    }
}
