package dev.headroom.cli.sample;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A line of /proc/net/tcp or tcp6 (Linux documentation, networking/proc_net_tcp).
 *
 * @param local its own address
 * @param remote the other side's
 * @param state the kernel's number, see {@code include/net/tcp_states.h}
 * @param inode what /proc/PID/fd calls it; 0 once no process has it
 */
record TcpSocket(InetSocketAddress local, InetSocketAddress remote, int state, long inode) {
    static final int SYN_SENT = 0x02;
    static final int TIME_WAIT = 0x06;
    static final int LISTEN = 0x0A;

    private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");

    /** All in this network namespace. */
    static List<TcpSocket> all(Path proc) {
        return lines(proc).map(TcpSocket::parse).toList();
    }

    /** Those in that state; reads no more of the others than it must. */
    static List<TcpSocket> in(Path proc, int state) {
        String field = " " + HexFormat.of().withUpperCase().toHexDigits((byte) state) + " ";
        return lines(proc)
                .filter(line -> line.contains(field))
                .map(TcpSocket::parse)
                .filter(socket -> socket.state() == state)
                .toList();
    }

    /** Those whose own port that is; reads no more of the others than it must. */
    static List<TcpSocket> at(Path proc, int port) {
        String suffix = ":" + HexFormat.of().withUpperCase().toHexDigits((char) port);
        return lines(proc)
                .filter(line -> line.contains(suffix))
                .map(TcpSocket::parse)
                .filter(socket -> socket.local().getPort() == port)
                .toList();
    }

    private static Stream<String> lines(Path proc) {
        return TABLES.stream()
                .flatMap(table -> ProcFile.lines(proc.resolve(table)).stream())
                .filter(line -> !line.contains("local_address"));
    }

    private static TcpSocket parse(String line) {
        String[] fields = line.strip().split("\\s+", -1);
        return new TcpSocket(
                address(fields[1]), address(fields[2]), Integer.parseInt(fields[3], 16), Long.parseLong(fields[9]));
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
