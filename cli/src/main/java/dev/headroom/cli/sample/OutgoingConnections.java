package dev.headroom.cli.sample;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whom processes connect to, by /proc/net and /proc/PID/fd (proc(5)). Linux only, else nothing. Thread-safe. */
public final class OutgoingConnections {
    private static final String CONNECTED = "03";

    private final Path proc;
    private final OpenFiles files;

    OutgoingConnections(Path proc) {
        this.proc = proc;
        this.files = new OpenFiles(proc);
    }

    /** Those of this machine. */
    public static OutgoingConnections ofThisMachine() {
        return new OutgoingConnections(Path.of("/proc"));
    }

    /** The addresses that these processes are connected to by TCP, or try to connect to. */
    public Set<InetSocketAddress> of(List<Long> pids) {
        Set<Long> theirs =
                pids.stream().flatMap(pid -> files.sockets(pid).stream()).collect(Collectors.toSet());
        List<TcpSocket> all = TcpSocket.all(proc);
        // a connection on a port that is listened on came from outside
        Set<Integer> listening = all.stream()
                .filter(socket -> socket.state() == TcpSocket.LISTEN)
                .map(socket -> socket.local().getPort())
                .collect(Collectors.toSet());
        Set<InetSocketAddress> remote = new HashSet<>();
        for (TcpSocket socket : all) {
            if (socket.state() != TcpSocket.LISTEN
                    && theirs.contains(socket.inode())
                    && !listening.contains(socket.local().getPort())) {
                remote.add(socket.remote());
            }
        }
        return remote;
    }

    /**
     * The connections from this machine that their opener has closed within the last minute, as local address and
     * remote address. The kernel no longer knows whose they were.
     */
    public Map<InetSocketAddress, InetSocketAddress> closed() {
        return TcpSocket.in(proc, TcpSocket.TIME_WAIT).stream()
                .collect(Collectors.toMap(TcpSocket::local, TcpSocket::remote, (first, second) -> first));
    }

    /** How many connections the servers on this machine hold by Unix sockets, by the socket's path. Of whom isn't told. */
    public Map<String, Integer> unixServers() {
        Map<String, Integer> byPath = new TreeMap<>();
        for (String line : ProcFile.lines(proc.resolve("net/unix"))) {
            String[] fields = line.strip().split("\\s+", 8);
            if (fields.length == 8 && fields[5].equals(CONNECTED)) {
                byPath.merge(fields[7], 1, Integer::sum);
            }
        }
        return byPath;
    }
}
