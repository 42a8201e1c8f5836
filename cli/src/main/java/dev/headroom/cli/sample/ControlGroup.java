package dev.headroom.cli.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control group that limits this process's memory, of version 1, version 2 or a hybrid of both (Linux
 * documentation, admin-guide/cgroup-v1/memory and admin-guide/cgroup-v2). Thread-safe.
 */
final class ControlGroup {
    /** Version 1 has no word for "no limit": it gives the largest multiple of the page size. */
    private static final long NO_LIMIT = 1L << 60;

    private final @Nullable Path folder;
    private final boolean second;

    private ControlGroup(@Nullable Path folder, boolean second) {
        this.folder = folder;
        this.second = second;
    }

    /** Finds it by {@code self/cgroup} below {@code proc} and the hierarchies below {@code mounts}. */
    static ControlGroup find(Path proc, Path mounts) {
        String first = null;
        String second = null;
        for (String line : ProcFile.lines(proc.resolve("self/cgroup"))) {
            String[] fields = line.split(":", 3);
            if (fields.length < 3) {
                continue;
            }
            if (fields[1].isEmpty()) {
                second = fields[2];
            } else if (List.of(fields[1].split(",")).contains("memory")) {
                first = fields[2];
            }
        }
        if (first != null) {
            return new ControlGroup(nearest(mounts.resolve("memory"), first, "memory.usage_in_bytes"), false);
        }
        return new ControlGroup(second == null ? null : nearest(mounts, second, "memory.current"), true);
    }

    /** Its use in bytes, page cache included; -1 where it can't be had. */
    long bytes() {
        return number(second ? "memory.current" : "memory.usage_in_bytes");
    }

    /** The lowest limit in bytes of it and of those that it lies in; -1 for none. */
    long limitBytes() {
        long lowest = Long.MAX_VALUE;
        String name = second ? "memory.max" : "memory.limit_in_bytes";
        for (Path group = folder; group != null && Files.exists(group.resolve(name)); group = group.getParent()) {
            long limit = ProcFile.number(group.resolve(name));
            if (limit >= 0 && limit < NO_LIMIT) {
                lowest = Math.min(lowest, limit);
            }
        }
        return lowest == Long.MAX_VALUE ? -1 : lowest;
    }

    /** Its swap in bytes; -1 where it can't be had. */
    long swapBytes() {
        if (second) {
            return number("memory.swap.current");
        }
        long both = number("memory.memsw.usage_in_bytes");
        long memory = bytes();
        return both < 0 || memory < 0 ? -1 : Math.max(0, both - memory);
    }

    /** How many of its processes the kernel killed for want of memory; -1 where it can't be had. */
    long oomKills() {
        return folder == null
                ? -1
                : ProcFile.named(folder.resolve(second ? "memory.events" : "memory.oom_control"), "oom_kill");
    }

    private long number(String file) {
        return folder == null ? -1 : ProcFile.number(folder.resolve(file));
    }

    /** The group's folder; inside a container its path is that of the host, and its own group is the root. */
    private static @Nullable Path nearest(Path root, String path, String file) {
        Path folder = root.resolve(path.substring(1)).normalize();
        if (folder.startsWith(root) && Files.exists(folder.resolve(file))) {
            return folder;
        }
        return Files.exists(root.resolve(file)) ? root : null;
    }
}
