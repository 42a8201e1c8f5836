package dev.headroom.proxy.postgres;

import dev.headroom.core.trace.Event;
import dev.headroom.proxy.net.Background;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.Interpreter;
import dev.headroom.proxy.postgres.message.ErrorMessage;
import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.sasl.SaslOffer;
import dev.headroom.proxy.postgres.sasl.ScramExchange;
import dev.headroom.proxy.postgres.wire.Endpoint;
import dev.headroom.proxy.postgres.wire.TlsWire;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server with TLS, up to AuthenticationOk. SCRAM-SHA-256-PLUS is bound to the TLS connection (RFC
 * 5802, section 6), and the app's is another one or none, so the offer can't be passed on as it is. An app in plain text
 * is offered SCRAM-SHA-256 alone. An app with TLS would then take the missing offer for an attack; so it is asked for
 * its password, within TLS, and the proxy does the exchange with the server itself.
 */
final class Authentication {
    /** What is done instead where the server refuses as its very first word; told once, with what the app sent ahead. */
    interface Refused {
        void refused(ByteBuffer sentAhead);
    }

    private static final int OK = 0;
    private static final int CLEARTEXT = 3;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;
    private static final int HEAD = 5;
    private static final int LONGEST = 1 << 20;

    /** Room for a TLS record of the largest size: one that doesn't fit would never be decrypted. */
    private static final int RECORD = 18 * 1024;

    private final LoopState loop;
    private final Endpoint app;
    private final Endpoint server;
    private final @Nullable Interpreter interpreter;
    private final @Nullable Refused refused;
    private final String serverName;
    private final String user;
    private ByteBuffer fromServer = ByteBuffer.allocate(1_024);
    private ByteBuffer fromApp = ByteBuffer.allocate(1_024);
    private @Nullable ScramExchange scram;
    private List<String> offered = List.of();
    private boolean answered;
    private boolean forwarded;
    private boolean over;

    Authentication(
            LoopState loop,
            Endpoint app,
            Endpoint server,
            @Nullable Interpreter interpreter,
            StartupPacket packet,
            String serverName,
            @Nullable Refused refused) {
        this.loop = loop;
        this.app = app;
        this.server = server;
        this.interpreter = interpreter;
        this.serverName = serverName;
        this.refused = refused;
        this.user = packet.user();
    }

    /** Sends the server the start-up packet; what follows it is the session's. */
    void begin(ByteBuffer received, int startupLength) {
        ByteBuffer startup = received.duplicate();
        startup.limit(startup.position() + startupLength);
        received.position(startup.limit());
        fromApp = roomFor(fromApp.flip(), received.remaining());
        fromApp.put(received);
        app.key().attach(new AppReady());
        server.key().attach(new ServerReady());
        try {
            server.wire().write(startup);
            app.key().interestOps(SelectionKey.OP_READ);
            server.key().interestOps(SelectionKey.OP_READ);
            readServer();
        } catch (IOException e) {
            serverFailed(e);
        }
    }

    /**
     * In TLS 1.3 the server looks at the proxy's certificate only after the handshake. Its refusal is an alert then, or
     * what the network makes of a connection that is closed with bytes unread.
     */
    private void serverFailed(Throwable cause) {
        if (answered) {
            close();
            return;
        }
        refuse(new ErrorMessage(
                ErrorMessage.UNUSABLE,
                "no connection to the PostgreSQL server at " + serverName + ": " + cause.getMessage()
                        + "; it broke the TLS connection off before its first answer, as it does where it does not"
                        + " accept the certificate in sslcert"));
    }

    private void readServer() throws IOException {
        while (!over) {
            fromServer = roomFor(fromServer.flip(), RECORD);
            int count = server.wire().read(fromServer);
            if (count < 0 && !answered) {
                serverFailed(new EOFException("the connection was closed"));
                return;
            }
            fromServer.flip();
            if (count < 0) {
                finish();
                return;
            }
            while (!over && message()) {
                // one after the other
            }
            if (!over) {
                fromServer.compact();
            }
            if (count == 0) {
                return;
            }
        }
    }

    /** Takes one message of the server; false where it isn't all there. */
    private boolean message() throws IOException {
        int start = fromServer.position();
        if (fromServer.remaining() < HEAD) {
            return false;
        }
        int length = fromServer.getInt(start + 1);
        if (length < 4 || length > LONGEST) {
            finish();
            return false;
        }
        if (fromServer.remaining() < length + 1) {
            return false;
        }
        byte type = fromServer.get(start);
        int code = type == 'R' && length >= 8 ? fromServer.getInt(start + HEAD) : -1;
        if (type == 'E' && refused != null && !answered && !forwarded) {
            over = true;
            server.wire().close();
            refused.refused(fromApp.flip());
            return false;
        }
        answered = true;
        if (type == 'E' || code == OK) {
            finish();
            return false;
        }
        ByteBuffer whole = fromServer.duplicate().limit(start + length + 1);
        fromServer.position(whole.limit());
        if (code == SASL) {
            offer(whole);
        } else if (scram != null && (code == SASL_CONTINUE || code == SASL_FINAL)) {
            exchange(scram, code, whole);
        } else {
            app.wire().write(whole);
        }
        return true;
    }

    private void offer(ByteBuffer message) throws IOException {
        SaslOffer offer = SaslOffer.read(message);
        if (!offer.bindsToTls()) {
            app.wire().write(message);
        } else if (app.wire() instanceof TlsWire) {
            offered = offer.mechanisms();
            app.wire()
                    .write(ByteBuffer.allocate(9)
                            .put((byte) 'R')
                            .putInt(8)
                            .putInt(CLEARTEXT)
                            .flip());
        } else {
            app.wire().write(offer.withoutBinding());
        }
    }

    private void readApp() throws IOException {
        fromApp = roomFor(fromApp.flip(), RECORD);
        int count = app.wire().read(fromApp);
        if (count < 0) {
            close();
            return;
        }
        fromApp.flip();
        if (offered.isEmpty()) {
            forwarded |= fromApp.hasRemaining();
            server.wire().write(fromApp);
            fromApp.compact();
            return;
        }
        boolean whole =
                fromApp.remaining() >= HEAD && fromApp.remaining() >= fromApp.getInt(fromApp.position() + 1) + 1L;
        if (whole && scram == null) {
            password();
        }
        fromApp.compact();
    }

    private void password() throws IOException {
        int start = fromApp.position();
        int length = fromApp.getInt(start + 1);
        if (fromApp.get(start) != 'p' || length < 5) {
            close();
            return;
        }
        byte[] text = new byte[length - 5];
        fromApp.get(start + HEAD, text);
        fromApp.position(start + length + 1);
        ScramExchange exchange = ScramExchange.begin(user, text, offered, ((TlsWire) server.wire()).peer());
        scram = exchange;
        server.wire().write(exchange.first());
    }

    /** The server's part is checked and answered on another thread, as hashing a password takes milliseconds. */
    private void exchange(ScramExchange exchange, int code, ByteBuffer message) {
        byte[] text = new byte[message.remaining() - HEAD - 4];
        message.get(message.position() + HEAD + 4, text);
        server.key().interestOps(0);
        Background.run(() -> {
            ByteBuffer answer;
            try {
                answer = code == SASL_CONTINUE ? exchange.answer(text) : exchange.verify(text);
            } catch (IOException e) {
                loop.events()
                        .execute(() ->
                                refuse(new ErrorMessage(ErrorMessage.AUTHORIZATION, String.valueOf(e.getMessage()))));
                return;
            }
            loop.events().execute(() -> answered(answer));
        });
    }

    private void answered(ByteBuffer answer) {
        if (over || !server.key().isValid()) {
            return;
        }
        try {
            server.wire().write(answer);
            server.key().interestOps(SelectionKey.OP_READ);
            readServer();
        } catch (IOException e) {
            close();
        }
    }

    private void finish() {
        if (!over) {
            over = true;
            fromApp.flip();
            new Session(loop, app, server, interpreter).resume(fromApp, fromServer);
        }
    }

    private void refuse(ErrorMessage error) {
        if (!over) {
            over = true;
            server.wire().close();
            loop.recorder()
                    .happened(
                            Event.Kind.DATABASE_REFUSED,
                            "a connection to the database (" + serverName + ") could not be authenticated: "
                                    + error.text());
            Refusal.send(loop, app, error);
        }
    }

    private void close() {
        if (!over) {
            over = true;
            app.wire().close();
            server.wire().close();
        }
    }

    private static ByteBuffer roomFor(ByteBuffer source, int size) {
        if (source.capacity() - source.remaining() >= size) {
            return source.compact();
        }
        return ByteBuffer.allocate(source.remaining() + Math.max(size, source.capacity()))
                .put(source);
    }

    private final class AppReady implements EventLoop.Handler {
        @Override
        public void ready(SelectionKey key) throws IOException {
            readApp();
        }

        @Override
        public void failed(Throwable cause) {
            close();
        }
    }

    private final class ServerReady implements EventLoop.Handler {
        @Override
        public void ready(SelectionKey key) throws IOException {
            readServer();
        }

        @Override
        public void failed(Throwable cause) {
            serverFailed(cause);
        }
    }
}
