package dev.headroom.cli.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which Unix sockets processes listen on, by /proc/net/unix and /proc/PID/fd (proc(5)). Linux only, else nothing. */
public final class ListeningSockets {
    private static final int FIELDS = 8;

    /** {@code __SO_ACCEPTCON} of {@code include/uapi/linux/net.h}: set while the socket is listened on. */
    private static final int ACCEPTS = 0x10000;

    private static final String STREAM = "0001";

    private final Path proc;
    private final OpenFiles files;

    ListeningSockets(Path proc) {
        this.proc = proc;
        this.files = new OpenFiles(proc);
    }

    /** Those of this machine. */
    public static ListeningSockets ofThisMachine() {
        return new ListeningSockets(Path.of("/proc"));
    }

    /**
     * The names of the stream sockets that these processes listen on, also inherited ones: an absolute path, or a name
     * that begins with {@code @}, which is in no folder (unix(7), "Abstract sockets").
     */
    public List<String> of(List<Long> pids) {
        Map<Long, String> bySocket = listening();
        Set<String> found = new TreeSet<>();
        if (!bySocket.isEmpty()) {
            for (long pid : pids) {
                Set<Long> open = new HashSet<>(files.sockets(pid));
                open.retainAll(bySocket.keySet());
                open.forEach(socket -> found.add(absolute(pid, bySocket.getOrDefault(socket, ""))));
            }
        }
        return List.copyOf(found);
    }

    /** The kernel tells a path as it was bound: a relative one is of the folder that the process was in. */
    private String absolute(long pid, String name) {
        if (name.startsWith("@") || name.startsWith("/")) {
            return name;
        }
        try {
            Path folder =
                    Files.readSymbolicLink(proc.resolve(Long.toString(pid)).resolve("cwd"));
            return folder.resolve(name).normalize().toString();
        } catch (IOException | InvalidPathException e) {
            return name;
        }
    }

    private Map<Long, String> listening() {
        Map<Long, String> bySocket = new HashMap<>();
        for (String line : ProcFile.lines(proc.resolve("net/unix"))) {
            String[] fields = line.strip().split("\\s+", FIELDS);
            if (fields.length == FIELDS
                    && fields[4].equals(STREAM)
                    && (Integer.parseUnsignedInt(fields[3], 16) & ACCEPTS) != 0) {
                bySocket.put(Long.parseLong(fields[6]), fields[7]);
            }
        }
        return bySocket;
    }
}
