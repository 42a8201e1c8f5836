package dev.headroom.cli.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses processes listen on, by /proc/net/tcp and /proc/PID/fd (proc(5)). Linux only, else nothing. */
public final class ListeningPorts {
    private static final String LISTEN = "0A";
    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");

    private final Path proc;

    ListeningPorts(Path proc) {
        this.proc = proc;
    }

    /** Those of this machine. */
    public static ListeningPorts ofThisMachine() {
        return new ListeningPorts(Path.of("/proc"));
    }

    /** The address that anybody listens on at that port, loopback first; null where nobody does. Cheap. */
    public @Nullable InetSocketAddress at(int port) {
        String suffix = ":" + HexFormat.of().withUpperCase().toHexDigits((char) port);
        InetSocketAddress found = null;
        for (String table : TABLES) {
            for (String line : ProcFile.lines(proc.resolve(table))) {
                if (line.contains(suffix)) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > 9 && fields[3].equals(LISTEN) && fields[1].endsWith(suffix)) {
                        InetSocketAddress address = address(fields[1]);
                        found = found == null || address.getAddress().isLoopbackAddress() ? address : found;
                    }
                }
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
                for (long socket : sockets(pid)) {
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
                if (sockets(pid).stream().anyMatch(sockets::contains)) {
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
        for (String table : TABLES) {
            for (String line : ProcFile.lines(proc.resolve(table))) {
                String[] fields = line.strip().split("\\s+", -1);
                if (fields.length > 9 && fields[3].equals(LISTEN)) {
                    bySocket.put(Long.parseLong(fields[9]), address(fields[1]));
                }
            }
        }
        return bySocket;
    }

    private List<Long> sockets(long pid) {
        List<Long> sockets = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("fd"))) {
            for (Path file : files) {
                String target = target(file);
                if (target.startsWith("socket:[")) {
                    sockets.add(Long.parseLong(target.substring(8, target.length() - 1)));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // ended, or another user's
            return sockets;
        }
        return sockets;
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** Reads {@code 0100007F:1F90}: words of 32 bits in the machine's order, then the port. */
    static InetSocketAddress address(String text) {
        int colon = text.indexOf(':');
        byte[] words = HexFormat.of().parseHex(text, 0, colon);
        ByteBuffer address = ByteBuffer.allocate(words.length);
        ByteBuffer in = ByteBuffer.wrap(words).order(ByteOrder.BIG_ENDIAN);
        while (in.hasRemaining()) {
            address.order(ByteOrder.nativeOrder()).putInt(in.getInt());
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1), 16);
            return new InetSocketAddress(InetAddress.getByAddress(address.array()), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address of 4 or 16 bytes: " + text, e);
        }
    }
}
