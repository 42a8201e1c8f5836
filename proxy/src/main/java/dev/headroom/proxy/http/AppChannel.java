package dev.headroom.proxy.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** How the app is reached: by TCP, or by a Unix socket that it listens on instead. */
final class AppChannel {
    private AppChannel() {}

    /** A channel of the address's kind that does not block, not yet connected. */
    static SocketChannel open(SocketAddress address) throws IOException {
        boolean unix = address instanceof UnixDomainSocketAddress;
        SocketChannel channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        channel.configureBlocking(false);
        if (!unix) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        return channel;
    }

    /**
     * Whether a failure to connect tells that the queue of a Unix socket is full, and not that nobody listens: where TCP
     * would try again by itself, the system refuses at once (connect(2), EAGAIN).
     */
    static boolean full(SocketAddress address, Exception failure) {
        return address instanceof UnixDomainSocketAddress socket
                && !(failure instanceof ConnectException)
                && Files.exists(socket.getPath());
    }

    /** What to call the address. */
    static String name(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress internet) {
            return "port " + internet.getPort();
        }
        return address == null ? "its port" : "the socket " + address;
    }
}
