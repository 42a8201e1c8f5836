package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.Background;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.ColumnNames;
import dev.headroom.proxy.postgres.capture.Conversation;
import dev.headroom.proxy.postgres.capture.Interpreter;
import dev.headroom.proxy.postgres.message.ErrorMessage;
import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.tls.ServerTls;
import dev.headroom.proxy.postgres.tls.Target;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.wire.Endpoint;
import dev.headroom.proxy.postgres.wire.PlainWire;
import dev.headroom.proxy.postgres.wire.TlsHandshake;
import dev.headroom.proxy.postgres.wire.TlsWire;
import dev.headroom.proxy.postgres.wire.Wire;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the app up to its start-up packet, TLS included where the app asks for it; then the server is called
 * and a {@link Session} takes over.
 */
final class AppOpening implements EventLoop.Handler {
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int FIRST_GUESS = 512;

    /** Room for a TLS record of the largest size: one that doesn't fit would never be decrypted. */
    private static final int RECORD = 18 * 1024;

    private static final String WITHOUT_ALPN =
            "received direct SSL connection request without ALPN protocol negotiation"
                    + " extension: a client that begins with TLS at once has to ask for the protocol \"postgresql\" by ALPN, as"
                    + " PostgreSQL 17 demands; does something else than a PostgreSQL client connect to this port?";

    private final LoopState loop;
    private final Target target;
    private final long openedNanos = System.nanoTime();
    private Wire app;
    private ByteBuffer received = ByteBuffer.allocate(FIRST_GUESS);

    AppOpening(LoopState loop, Target target, SocketChannel channel) {
        this.loop = loop;
        this.target = target;
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
        if (received.hasRemaining() && received.get(received.position()) == TLS_HANDSHAKE && app instanceof PlainWire) {
            secure(key, false);
            return;
        }
        while (packet(key)) {
            // an encryption request was answered; the next packet may be there already
        }
    }

    @Override
    public void failed(Throwable cause) {
        app.close();
    }

    /** Reads one packet; true where another may follow at once. */
    private boolean packet(SelectionKey key) throws IOException {
        if (received.remaining() < StartupPacket.LENGTH_BYTES) {
            received = roomFor(received, FIRST_GUESS);
            return false;
        }
        int length = StartupPacket.length(received);
        if (!StartupPacket.possible(length)) {
            refuse(
                    key,
                    new ErrorMessage(
                            ErrorMessage.PROTOCOL,
                            "the connection began with " + Integer.toUnsignedString(length)
                                    + " as the length of its start-up"
                                    + " packet, which is between 8 and " + StartupPacket.LONGEST
                                    + "; does something else than a PostgreSQL client connect to this port?"));
            return false;
        }
        if (received.remaining() < length) {
            received = roomFor(received, Math.max(length, FIRST_GUESS));
            return false;
        }
        StartupPacket packet = StartupPacket.read(received);
        switch (packet.code()) {
            case StartupPacket.SSL -> {
                received.position(received.position() + length);
                if (received.hasRemaining()) {
                    // CVE-2021-23214: whoever sits in between could have put it there
                    refuse(
                            key,
                            new ErrorMessage(ErrorMessage.PROTOCOL, "received unencrypted data after an SSL request"));
                } else if (app instanceof TlsWire) {
                    refuse(key, new ErrorMessage(ErrorMessage.PROTOCOL, "TLS was asked for within TLS"));
                } else {
                    secure(key, true);
                }
                return false;
            }
            case StartupPacket.GSS_ENCRYPTION -> {
                received.position(received.position() + length);
                app.write(ByteBuffer.wrap(new byte[] {'N'}));
                if (received.hasRemaining()) {
                    return true;
                }
                received.clear();
                return false;
            }
            default -> {
                call(packet, length, key);
                return false;
            }
        }
    }

    private void secure(SelectionKey key, boolean asked) {
        key.interestOps(0);
        Background.run(() -> {
            SSLEngine engine;
            try {
                engine = loop.appTls().engine();
            } catch (IOException e) {
                loop.events().execute(() -> refuse(key, new ErrorMessage(ErrorMessage.PROTOCOL, message(e))));
                return;
            }
            loop.events().execute(() -> handshake(key, engine, asked));
        });
    }

    private void handshake(SelectionKey key, SSLEngine engine, boolean asked) {
        TlsWire wire = new TlsWire(loop.buffers(), app.channel(), engine, received);
        received = ByteBuffer.allocate(RECORD);
        try {
            if (asked) {
                app.write(ByteBuffer.wrap(new byte[] {'S'}));
            }
        } catch (IOException e) {
            app.close();
            return;
        }
        TlsHandshake.begin(loop.events(), wire, key, new TlsHandshake.Outcome() {
            @Override
            public void secured(Endpoint end) {
                app = wire;
                if (!asked && !AppTls.ALPN.equals(engine.getApplicationProtocol())) {
                    // as the server does ("Direct SSL", 54.2.11): else whatever speaks TLS is answered
                    refuse(key, new ErrorMessage(ErrorMessage.PROTOCOL, WITHOUT_ALPN));
                    return;
                }
                key.attach(AppOpening.this);
                key.interestOps(SelectionKey.OP_READ);
                try {
                    ready(key);
                } catch (IOException e) {
                    app.close();
                }
            }

            @Override
            public void failed(IOException cause) {
                app.close();
            }
        });
    }

    private void call(StartupPacket packet, int length, SelectionKey key) {
        key.interestOps(0);
        ServerTls tls = target.tls();
        boolean plainFirst = tls != null
                && tls.settings().mode() == SslMode.ALLOW
                && !tls.settings().direct();
        ServerOpening.Outcome outcome = outcome(key, server -> {
            if (plainFirst && packet.opensSession()) {
                beginPlain(packet, length, new Endpoint(app, key), server);
            } else {
                begin(packet, length, new Endpoint(app, key), server);
            }
        });
        @Nullable
        SocketAddress cancelled =
                packet.code() == StartupPacket.CANCEL ? loop.cancelRoutes().of(received, length) : null;
        if (cancelled != null) {
            ServerOpening.beginAt(cancelled, loop, target, !plainFirst, outcome);
        } else {
            ServerOpening.begin(loop, target, !plainFirst, outcome);
        }
    }

    /** Goes on with the server by {@code then}, unless the app has gone meanwhile; tells the app of a refusal. */
    private ServerOpening.Outcome outcome(SelectionKey key, Consumer<Endpoint> then) {
        return new ServerOpening.Outcome() {
            @Override
            public void opened(Endpoint server) {
                if (key.isValid()) {
                    then.accept(server);
                } else {
                    server.wire().close();
                }
            }

            @Override
            public void refused(ErrorMessage error) {
                refuse(key, error);
            }
        };
    }

    private void beginPlain(StartupPacket packet, int length, Endpoint client, Endpoint server) {
        ByteBuffer startup = received.slice(received.position(), length);
        PlainFirst.begin(server, startup, new PlainFirst.Outcome() {
            @Override
            public void accepted(ByteBuffer answer) {
                received.position(received.position() + length);
                new Session(loop, client, server, interpreter(packet, server)).resume(received, answer);
            }

            @Override
            public void refused() {
                ServerOpening.begin(
                        loop, target, true, outcome(client.key(), secured -> begin(packet, length, client, secured)));
            }
        });
    }

    private @Nullable Interpreter interpreter(StartupPacket packet, Endpoint server) {
        if (packet.replication()) {
            loop.recorder().meter().uninterpretedConnection();
            return null;
        }
        ColumnNames names = loop.catalogues().of(target, packet);
        return new Interpreter(new Conversation(
                loop.recorder(),
                names,
                loop.catalogues().samples(target, packet),
                ServerName.of(target.upstream(), packet),
                loop.cancelRoutes().of(target.upstream(), server),
                openedNanos));
    }

    private void begin(StartupPacket packet, int length, Endpoint client, Endpoint server) {
        Interpreter interpreter = packet.opensSession() ? interpreter(packet, server) : null;
        if (!packet.opensSession() || !(server.wire() instanceof TlsWire)) {
            new Session(loop, client, server, interpreter).begin(received, length);
            return;
        }
        ServerTls tls = target.tls();
        boolean preferred = tls != null
                && tls.settings().mode() == SslMode.PREFER
                && !tls.settings().direct();
        ByteBuffer startup = received.slice(received.position(), length);
        Authentication.Refused refused =
                preferred ? early -> beginWithoutTls(startup, early, client, interpreter) : null;
        new Authentication(loop, client, server, interpreter, packet, ServerName.of(target.upstream(), packet), refused)
                .begin(received, length);
    }

    /** The server refuses with TLS, so it is asked without, as libpq does under prefer; {@code early} was sent ahead. */
    private void beginWithoutTls(
            ByteBuffer startup, ByteBuffer early, Endpoint client, @Nullable Interpreter interpreter) {
        client.key().interestOps(0);
        ServerOpening.Outcome outcome = outcome(client.key(), server -> {
            ByteBuffer all = ByteBuffer.allocate(startup.remaining() + early.remaining())
                    .put(startup.duplicate())
                    .put(early)
                    .flip();
            new Session(loop, client, server, interpreter).begin(all, startup.remaining());
        });
        ServerOpening.begin(loop, target, false, outcome);
    }

    private void refuse(SelectionKey key, ErrorMessage error) {
        Refusal.send(loop, new Endpoint(app, key), error);
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** The unread bytes of {@code source} at the start of a buffer that holds at least {@code size}. */
    private static ByteBuffer roomFor(ByteBuffer source, int size) {
        if (source.capacity() >= size && source.remaining() < source.capacity()) {
            return source.compact();
        }
        return ByteBuffer.allocate(Math.max(size, source.capacity() * 2)).put(source);
    }
}
