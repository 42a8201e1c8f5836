package dev.headroom.cli.sample;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses processes listen on, by /proc/net/tcp and /proc/PID/fd (proc(5)). Linux only, else nothing. */
public final class ListeningPorts {
    private final Path proc;
    private final OpenFiles files;

    ListeningPorts(Path proc) {
        this.proc = proc;
        this.files = new OpenFiles(proc);
    }

    /** Those of this machine. */
    public static ListeningPorts ofThisMachine() {
        return new ListeningPorts(Path.of("/proc"));
    }

    /** The address that anybody listens on at that port, loopback first; null where nobody does. Cheap. */
    public @Nullable InetSocketAddress at(int port) {
        InetSocketAddress found = null;
        for (TcpSocket socket : TcpSocket.at(proc, port)) {
            if (socket.state() == TcpSocket.LISTEN) {
                InetSocketAddress address = socket.local();
                found = found == null || address.getAddress().isLoopbackAddress() ? address : found;
            }
        }
        return found;
    }

    /** The addresses that these processes listen on, by port. */
    public List<InetSocketAddress> of(List<Long> pids) {
        Map<Long, InetSocketAddress> bySocket = listening();
        Set<InetSocketAddress> found = new HashSet<>();
        if (!bySocket.isEmpty()) {
            for (long pid : pids) {
                for (long socket : files.sockets(pid)) {
                    InetSocketAddress address = bySocket.get(socket);
                    if (address != null) {
                        found.add(address);
                    }
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(InetSocketAddress::getPort))
                .toList();
    }

    /** The process that listens on that port, as in {@code java (process 4711)}; null where it can't be told. */
    public @Nullable String holder(int port) {
        List<Long> sockets = new ArrayList<>();
        listening().forEach((socket, address) -> {
            if (address.getPort() == port) {
                sockets.add(socket);
            }
        });
        if (sockets.isEmpty()) {
            return null;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString());
                if (files.sockets(pid).stream().anyMatch(sockets::contains)) {
                    String name = ProcFile.text(folder.resolve("comm"));
                    return (name == null ? "a process" : name) + " (process " + pid + ")";
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return null;
        }
        return null;
    }

    private Map<Long, InetSocketAddress> listening() {
        Map<Long, InetSocketAddress> bySocket = new HashMap<>();
        for (TcpSocket socket : TcpSocket.in(proc, TcpSocket.LISTEN)) {
            bySocket.put(socket.inode(), socket.local());
        }
        return bySocket;
    }
}
