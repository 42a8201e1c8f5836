package dev.headroom.proxy.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/** Asks a server by a connection of its own whether it speaks TLS: many close without a word when they are spoken to in the clear. */
final class TlsProbe {
    private static final int LIMIT_MILLIS = 2_000;

    private TlsProbe() {}

    /** Whether it answers a ClientHello with a record of TLS. Takes up to 2 s to connect and 2 s for the answer. */
    static boolean answers(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            ByteBuffer hello = clientHello();
            socket.getOutputStream().write(hello.array(), 0, hello.position());
            byte[] begin = socket.getInputStream().readNBytes(2);
            return begin.length == 2 && ForeignProtocol.isTls(begin[0], begin[1]);
        } catch (IOException | GeneralSecurityException e) {
            return false;
        }
    }

    private static ByteBuffer clientHello() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[0], null); // nothing is verified, since nothing follows the first answer
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return hello;
    }
}
