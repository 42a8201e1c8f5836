package dev.headroom.proxy.postgres.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.cert.Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection with TLS. Works in the loop's shared buffers; keeps bytes of its own only between two reads that part a
 * record, and while the channel doesn't take what was encrypted.
 */
public final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** What a record may hold, and what the engine wants room for (RFC 8446, section 5.1, and some more). */
    private static final int LARGEST_RECORD = 17 * 1024;

    /**
     * What is encrypted into one record, as in PostgreSQL's own (it sends buffers of 8 KB): of a larger one libpq may leave
     * a part in OpenSSL's buffer and then wait for the socket to become readable, which it doesn't (the thread "libpq:
     * Process buffered SSL read bytes to support records >8kB on async API" of pgsql-hackers).
     */
    private static final int MOST_IN_A_RECORD = 8 * 1024;

    private final LoopBuffers buffers;
    private final SocketChannel channel;
    private final SSLEngine engine;
    private @Nullable ByteBuffer undecrypted;
    private @Nullable ByteBuffer unsent;
    private boolean decryptable;
    private boolean inputEnded;

    /**
     * Takes a connection over.
     *
     * @param received what was read from the channel already
     */
    public TlsWire(LoopBuffers buffers, SocketChannel channel, SSLEngine engine, ByteBuffer received) {
        this.buffers = buffers;
        this.channel = channel;
        this.engine = engine;
        if (received.hasRemaining()) {
            undecrypted = copy(received);
            decryptable = true;
        }
    }

    /** The connection's own engine. */
    public SSLEngine engine() {
        return engine;
    }

    /** The other side's certificate. */
    public Certificate peer() throws IOException {
        return engine.getSession().getPeerCertificates()[0];
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public int leastRead() {
        return LARGEST_RECORD;
    }

    @Override
    public boolean holdsInput() {
        return decryptable;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int start = target.position();
        boolean more = true;
        // what the target had no room for is still read after the channel's end
        while (more && (!inputEnded || decryptable)) {
            ByteBuffer encrypted = received();
            int room = encrypted.remaining();
            int count = inputEnded ? 0 : channel.read(encrypted);
            encrypted.flip();
            if (count < 0) {
                inputEnded = true;
            }
            decrypt(encrypted, target);
            keep(encrypted);
            more = count == room && !decryptable;
        }
        int produced = target.position() - start;
        return produced == 0 && inputEnded ? -1 : produced;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        int limit = source.limit();
        while (source.hasRemaining() && flush()) {
            source.limit(Math.min(limit, source.position() + MOST_IN_A_RECORD));
            SSLEngineResult result;
            try {
                result = wrap(source);
            } finally {
                source.limit(limit);
            }
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new IOException("the TLS connection is closed");
            }
        }
    }

    @Override
    public boolean flush() throws IOException {
        ByteBuffer waiting = unsent;
        if (waiting != null) {
            channel.write(waiting);
            if (waiting.hasRemaining()) {
                return false;
            }
            unsent = null;
        }
        return true;
    }

    @Override
    public void endOutput() throws IOException {
        engine.closeOutbound();
        if (flush()) {
            wrap(NOTHING.duplicate());
            flush();
        }
        channel.shutdownOutput();
    }

    /** What a handshake waits for. */
    enum Waiting {
        FOR_INPUT,
        FOR_OUTPUT,
        FOR_TASKS,
        FOR_NOTHING
    }

    /** Goes on with the handshake as far as it can; {@code FOR_NOTHING} once it is over. */
    Waiting handshake() throws IOException {
        if (engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING) {
            engine.beginHandshake();
        }
        while (true) {
            if (!flush()) {
                return Waiting.FOR_OUTPUT;
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING.duplicate());
                case NEED_TASK -> {
                    return Waiting.FOR_TASKS;
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!handshakeInput()) {
                        return Waiting.FOR_INPUT;
                    }
                }
                default -> {
                    decryptable = undecrypted != null;
                    return Waiting.FOR_NOTHING;
                }
            }
        }
    }

    private boolean handshakeInput() throws IOException {
        ByteBuffer encrypted = received();
        int before = encrypted.position();
        int count = channel.read(encrypted);
        encrypted.flip();
        SSLEngineResult result = engine.unwrap(encrypted, buffers.chunk().clear());
        boolean progress = result.bytesConsumed() > 0;
        keep(encrypted);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED || (count < 0 && !progress)) {
            throw new SSLException(
                    before == 0 && count < 0
                            ? "the other side closed the connection during the TLS handshake"
                            : "the TLS handshake was broken off");
        }
        return progress;
    }

    private void decrypt(ByteBuffer encrypted, ByteBuffer target) throws IOException {
        decryptable = false;
        while (encrypted.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(encrypted, target);
            switch (result.getStatus()) {
                case BUFFER_UNDERFLOW -> {
                    return;
                }
                case BUFFER_OVERFLOW -> {
                    decryptable = true;
                    return;
                }
                case CLOSED -> {
                    inputEnded = true;
                    encrypted.position(encrypted.limit());
                    return;
                }
                case OK -> afterHandshake(result.getHandshakeStatus());
            }
        }
    }

    /** TLS 1.3 renews keys in mid-connection: rare and short. */
    private void afterHandshake(HandshakeStatus status) throws IOException {
        HandshakeStatus now = status;
        while (now == HandshakeStatus.NEED_TASK) {
            Runnable task = engine.getDelegatedTask();
            if (task != null) {
                task.run();
            }
            now = engine.getHandshakeStatus();
        }
        if (now == HandshakeStatus.NEED_WRAP && flush()) {
            wrap(NOTHING.duplicate());
        }
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        ByteBuffer encrypted = buffers.encrypted().clear();
        SSLEngineResult result = engine.wrap(source, encrypted);
        encrypted.flip();
        if (encrypted.hasRemaining()) {
            channel.write(encrypted);
            if (encrypted.hasRemaining()) {
                unsent = copy(encrypted);
            }
        }
        return result;
    }

    /** The shared buffer with what was left of the last read, ready to be filled. */
    private ByteBuffer received() {
        ByteBuffer shared = buffers.decrypting().clear();
        ByteBuffer left = undecrypted;
        if (left != null) {
            shared.put(left);
            undecrypted = null;
        }
        return shared;
    }

    private void keep(ByteBuffer encrypted) {
        undecrypted = encrypted.hasRemaining() ? copy(encrypted) : null;
    }

    private static ByteBuffer copy(ByteBuffer source) {
        return ByteBuffer.allocate(source.remaining()).put(source).flip();
    }
}
