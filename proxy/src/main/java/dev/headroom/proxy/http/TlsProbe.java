package dev.headroom.proxy.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** Asks a server by a connection of its own whether it speaks TLS: many close without a word when they are spoken to in the clear. */
final class TlsProbe {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(4);

    /** Enough to tell; an alert is 7 bytes, and of an answer in the clear no more is wanted. */
    private static final int ENOUGH = 2;

    /** What came of it. */
    enum Answer {
        TLS,
        NO_TLS,
        /** None in time: it may be busy. */
        NONE
    }

    private TlsProbe() {}

    /** Whether it answers a ClientHello with a record of TLS, by TCP or on a Unix socket. Takes up to 4 s. */
    static Answer ask(SocketAddress address) {
        try (SocketChannel channel = open(address);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.connect(address);
            ByteBuffer hello = clientHello();
            ByteBuffer begin = ByteBuffer.allocate(ENOUGH);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            long until = System.nanoTime() + LIMIT_NANOS;
            while (begin.hasRemaining()) {
                if (!channel.isConnected() && !channel.finishConnect()) {
                    key.interestOps(SelectionKey.OP_CONNECT);
                } else if (hello.hasRemaining()) {
                    channel.write(hello);
                    key.interestOps(hello.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
                } else if (channel.read(begin) < 0) {
                    return Answer.NO_TLS;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (begin.hasRemaining() && (left <= 0 || selector.select(left) == 0)) {
                    return Answer.NONE;
                }
                selector.selectedKeys().clear();
            }
            return ForeignProtocol.isTls(begin.get(0), begin.get(1)) ? Answer.TLS : Answer.NO_TLS;
        } catch (IOException | GeneralSecurityException e) {
            return Answer.NO_TLS;
        }
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        return address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
    }

    private static ByteBuffer clientHello() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[0], null); // nothing is verified, since nothing follows the first answer
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return hello.flip();
    }
}
