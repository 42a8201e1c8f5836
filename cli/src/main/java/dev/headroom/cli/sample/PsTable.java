package dev.headroom.cli.sample;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads processes by {@code ps}, for systems without /proc: resident size and processor time, nothing else. */
final class PsTable {
    private PsTable() {}

    /** What these processes use together. */
    static TreeUse read(List<Long> pids) {
        try {
            Process ps = new ProcessBuilder("ps", "-A", "-o", "pid=,rss=,time=")
                    .redirectError(Redirect.DISCARD)
                    .start();
            ps.getOutputStream().close();
            try (InputStream out = ps.getInputStream()) {
                return sum(new String(out.readAllBytes(), StandardCharsets.UTF_8), pids);
            }
        } catch (IOException e) {
            return TreeUse.MISSING;
        }
    }

    /** Sums up the lines of these processes: id, kilobytes, {@code [hours:]minutes:seconds[.hundredths]}. */
    static TreeUse sum(String table, List<Long> pids) {
        Set<Long> wanted = new HashSet<>(pids);
        long resident = 0;
        long cpu = 0;
        int processes = 0;
        for (String line : table.lines().toList()) {
            String[] fields = line.strip().split("\\s+", -1);
            if (fields.length >= 3 && wanted.contains(Long.parseLong(fields[0]))) {
                processes++;
                resident += Long.parseLong(fields[1]) * 1024;
                cpu += nanos(fields[2]);
            }
        }
        return processes == 0 ? TreeUse.MISSING : new TreeUse(-1, resident, -1, processes, -1, -1, cpu);
    }

    private static long nanos(String time) {
        double seconds = 0;
        int dash = time.indexOf('-');
        double days = dash < 0 ? 0 : Double.parseDouble(time.substring(0, dash));
        for (String part : time.substring(dash + 1).split(":", -1)) {
            seconds = seconds * 60 + Double.parseDouble(part);
        }
        return (long) ((days * 86_400 + seconds) * 1e9);
    }
}
