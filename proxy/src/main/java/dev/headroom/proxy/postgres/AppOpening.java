package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection of the app up to its start-up packet; then the server is called and a {@link Session} takes over. */
final class AppOpening implements EventLoop.Handler {
    private final LoopState loop;
    private final Upstream upstream;
    private final Wire app;
    private final long openedNanos = System.nanoTime();
    private ByteBuffer received = ByteBuffer.allocate(512);

    AppOpening(LoopState loop, Upstream upstream, SocketChannel channel) {
        this.loop = loop;
        this.upstream = upstream;
        this.app = new PlainWire(channel);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        int count = app.read(received);
        if (count < 0) {
            app.close();
            return;
        }
        received.flip();
        while (packet(key)) {
            // an SSLRequest was answered; the next packet may be there already
        }
    }

    @Override
    public void failed(Throwable cause) {
        app.close();
    }

    /** Reads one packet; true where another may follow. */
    private boolean packet(SelectionKey key) throws IOException {
        int length = StartupPacket.length(received);
        if (length != 0 && !StartupPacket.possible(length)) {
            refuse(new ErrorMessage(
                    ErrorMessage.PROTOCOL,
                    "the connection began with " + Integer.toUnsignedString(length) + " as the length of its start-up"
                            + " packet, which is between 8 and " + StartupPacket.LONGEST
                            + "; does something else than a PostgreSQL client connect to this port?"));
            return false;
        }
        if (length == 0 || received.remaining() < length) {
            received = Buffers.roomFor(received, Math.max(length, 512));
            return false;
        }
        StartupPacket packet = StartupPacket.read(received);
        if (packet.code() == StartupPacket.SSL || packet.code() == StartupPacket.GSS_ENCRYPTION) {
            received.position(received.position() + length);
            app.write(ByteBuffer.wrap(new byte[] {'N'}));
            if (!received.hasRemaining()) {
                received.clear();
                return false;
            }
            return true;
        }
        key.interestOps(0);
        ServerOpening.begin(loop, upstream, new ServerOpening.Outcome() {
            @Override
            public void opened(Relay.End server) {
                begin(packet, new Relay.End(app, key), server);
            }

            @Override
            public void refused(ErrorMessage error) {
                refuse(error);
            }
        });
        return false;
    }

    private void begin(StartupPacket packet, Relay.End client, Relay.End server) {
        if (!client.key().isValid()) {
            server.wire().close();
            return;
        }
        Interpreter interpreter = null;
        if (packet.opensSession()) {
            if (packet.replication()) {
                loop.recorder().meter().uninterpretedConnection();
            } else {
                interpreter = new Interpreter(new Conversation(loop.recorder(), ColumnNames.UNKNOWN, openedNanos));
            }
        }
        new Session(loop, client, server, interpreter).begin(packetLength(), received);
    }

    private int packetLength() {
        return StartupPacket.length(received);
    }

    private void refuse(ErrorMessage error) {
        try {
            app.write(error.encode());
            app.flush();
            app.endOutput();
        } catch (IOException e) {
            // the app has gone already
        } finally {
            app.close();
        }
    }
}
