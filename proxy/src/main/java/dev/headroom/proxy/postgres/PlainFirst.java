package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.wire.Endpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/**
 * A session to a server that is to be spoken to in plain text if it lets us, and with TLS where it refuses: libpq's
 * {@code sslmode=allow}. It refuses with an error as its very first answer, e.g. for want of a line in pg_hba.conf; what
 * it says after that is the app's to hear.
 */
final class PlainFirst implements EventLoop.Handler {
    private static final int ENOUGH = 1_024;

    /** What comes of it, told on the loop's thread, once. */
    interface Outcome {
        /** The server goes on in plain text: its first bytes, ready to be read. It has the start-up packet. */
        void accepted(ByteBuffer answer);

        /** The server refused, or went away, and is closed. */
        void refused();
    }

    private final Endpoint server;
    private final Outcome outcome;
    private boolean over;

    private PlainFirst(Endpoint server, Outcome outcome) {
        this.server = server;
        this.outcome = outcome;
    }

    /** Sends the packet, whose bytes are left as they are. */
    static void begin(Endpoint server, ByteBuffer startup, Outcome outcome) {
        PlainFirst attempt = new PlainFirst(server, outcome);
        server.key().attach(attempt);
        try {
            server.wire().write(startup.duplicate());
            server.key().interestOps(SelectionKey.OP_READ);
        } catch (IOException e) {
            attempt.failed(e);
        }
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(ENOUGH);
        int count = server.wire().read(answer);
        answer.flip();
        if (count < 0 || (count > 0 && answer.get(0) == 'E')) {
            refuse();
        } else if (count > 0 && !over) {
            over = true;
            key.interestOps(0);
            outcome.accepted(answer);
        }
    }

    @Override
    public void failed(Throwable cause) {
        refuse();
    }

    private void refuse() {
        if (!over) {
            over = true;
            server.wire().close();
            outcome.refused();
        }
    }
}
