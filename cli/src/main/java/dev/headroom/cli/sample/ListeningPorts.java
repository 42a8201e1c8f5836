package dev.headroom.cli.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
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

    /** Whether it can be seen here who listens at all. */
    public boolean available() {
        return Files.isReadable(proc.resolve("net/tcp"));
    }

    /**
     * Who listens at that port, from the view of these processes. Cheap while nobody does.
     *
     * <p>Sockets that they inherited are theirs. Somebody else has the port only where that is certain: it can be seen what
     * all of these processes have open, who it is, and that it is neither theirs, started with the same {@code PORT} and
     * gone from their tree (or shows no more what it was started with, since the port was free when they were), nor a
     * container engine that forwards the port for them.
     *
     * <p>Who has accepted connections there and listens no more has had the port, too.
     *
     * @param pids the processes; asked for after the port was looked at, so that none that has it is too new to be there
     */
    public PortUse use(int port, Supplier<List<Long>> pids) {
        List<TcpSocket> all = TcpSocket.at(proc, port);
        List<TcpSocket> sockets = all.stream()
                .filter(socket -> socket.state() == TcpSocket.LISTEN)
                .sorted(Comparator.comparing(
                        socket -> !socket.local().getAddress().isLoopbackAddress()))
                .toList();
        if (sockets.isEmpty()) {
            List<TcpSocket> accepted =
                    all.stream().filter(socket -> socket.inode() != 0).toList();
            return accepted.isEmpty()
                    ? PortUse.NOBODY
                    : new PortUse(null, use(port, accepted, pids).other());
        }
        return use(port, sockets, pids);
    }

    private PortUse use(int port, List<TcpSocket> sockets, Supplier<List<Long>> pids) {
        List<Long> theirs = pids.get();
        Set<Long> open = new HashSet<>();
        theirs.forEach(pid -> open.addAll(files.sockets(pid)));
        for (TcpSocket socket : sockets) {
            if (open.contains(socket.inode())) {
                return new PortUse(socket.local(), null);
            }
        }
        boolean seen = theirs.stream().allMatch(files::readable);
        PortHolder holder = seen ? holder(sockets) : null;
        if (holder == null
                || pids.get().contains(holder.pid())
                || holder.forwards()
                || holder.wasTold(port)
                || holder.hidesEnvironment()) {
            return new PortUse(sockets.get(0).local(), null);
        }
        return new PortUse(null, holder.toString());
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
        PortHolder holder = holder(listeners(port).toList());
        return holder == null ? null : holder.toString();
    }

    /**
     * The processes besides these that were started with that port in {@code PORT}, or that listen there and show no more
     * what they were started with; as above.
     */
    public List<String> told(int port, List<Long> besides) {
        PortHolder holder = holder(listeners(port).toList());
        long unknown = holder != null && holder.hidesEnvironment() ? holder.pid() : 0;
        try (Stream<Path> folders = Files.list(proc)) {
            return folders.filter(
                            folder -> folder.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(PortHolder::of)
                    .filter(process ->
                            (process.wasTold(port) || process.pid() == unknown) && !besides.contains(process.pid()))
                    .map(PortHolder::toString)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private Stream<TcpSocket> listeners(int port) {
        return TcpSocket.at(proc, port).stream().filter(socket -> socket.state() == TcpSocket.LISTEN);
    }

    private @Nullable PortHolder holder(List<TcpSocket> sockets) {
        Set<Long> wanted = new HashSet<>();
        sockets.forEach(socket -> wanted.add(socket.inode()));
        if (wanted.isEmpty()) {
            return null;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(folder.getFileName().toString());
                if (files.sockets(pid).stream().anyMatch(wanted::contains)) {
                    return PortHolder.of(folder);
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
