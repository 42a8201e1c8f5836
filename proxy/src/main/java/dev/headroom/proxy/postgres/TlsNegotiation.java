package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.tls.ServerTls;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.wire.Endpoint;
import dev.headroom.proxy.postgres.wire.TlsHandshake;
import dev.headroom.proxy.postgres.wire.TlsWire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import javax.net.ssl.SSLException;

/** Asks the server for TLS and brings it up ("SSL Session Encryption", 54.2.11). */
final class TlsNegotiation implements EventLoop.Handler, TlsHandshake.Outcome {
    private static final int LENGTH = 8;

    /** What comes of it, told on the loop's thread, once. */
    interface Outcome {
        void secured(Endpoint server);

        /** The server has no TLS; the connection can be used as it is. */
        void unsupported();

        void failed(IOException cause);
    }

    private final LoopState loop;
    private final Endpoint plain;
    private final ServerTls tls;
    private final Upstream.Host host;
    private final Outcome outcome;

    private TlsNegotiation(LoopState loop, Endpoint plain, ServerTls tls, Upstream.Host host, Outcome outcome) {
        this.loop = loop;
        this.plain = plain;
        this.tls = tls;
        this.host = host;
        this.outcome = outcome;
    }

    static void begin(LoopState loop, Endpoint plain, ServerTls tls, Upstream.Host host, Outcome outcome) {
        TlsNegotiation negotiation = new TlsNegotiation(loop, plain, tls, host, outcome);
        if (tls.settings().direct()) {
            negotiation.handshake();
            return;
        }
        plain.key().attach(negotiation);
        plain.key().interestOps(SelectionKey.OP_READ);
        try {
            plain.wire()
                    .write(ByteBuffer.allocate(LENGTH)
                            .putInt(LENGTH)
                            .putInt(StartupPacket.SSL)
                            .flip());
        } catch (IOException e) {
            outcome.failed(e);
        }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(2);
        int count = plain.wire().read(answer);
        if (count == 0) {
            return;
        }
        key.interestOps(0);
        byte first = answer.get(0);
        if (count < 0) {
            outcome.failed(new SSLException("the server closed the connection when it was asked for TLS"));
        } else if (count > 1) {
            // CVE-2021-23222: whoever sits in between could have put it there
            outcome.failed(new SSLException("the server sent more than its answer when it was asked for TLS"));
        } else if (first == 'S') {
            handshake();
        } else if (first == 'N') {
            outcome.unsupported();
        } else {
            outcome.failed(new SSLException("the server did not understand that it was asked for TLS"));
        }
    }

    @Override
    public void secured(Endpoint end) {
        String protocol = ((TlsWire) end.wire()).engine().getApplicationProtocol();
        if (tls.settings().direct() && !AppTls.ALPN.equals(protocol)) {
            end.wire().close();
            outcome.failed(new SSLException(
                    "the server does not take direct TLS (sslnegotiation=direct needs" + " PostgreSQL 17)"));
        } else {
            outcome.secured(end);
        }
    }

    @Override
    public void failed(IOException cause) {
        outcome.failed(cause);
    }

    @Override
    public void failed(Throwable cause) {
        outcome.failed(new IOException(cause));
    }

    private void handshake() {
        TlsWire wire = new TlsWire(loop.buffers(), plain.wire().channel(), tls.engine(host), ByteBuffer.allocate(0));
        TlsHandshake.begin(loop.events(), wire, plain.key(), this);
    }
}
