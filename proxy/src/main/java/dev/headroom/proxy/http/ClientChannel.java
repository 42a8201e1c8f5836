package dev.headroom.proxy.http;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.SocketCalls;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A client's channel with what is still to be written to it, and the ways to end it. Of what is done with it, nothing throws but
 * reading and flushing: a channel that fails while it is being ended is closed.
 */
final class ClientChannel {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final OutQueue out;
    private boolean inputEnded;
    private boolean ending;
    private boolean lingers;
    private boolean closed;

    /**
     * Takes a connection that was accepted.
     *
     * @param handler told when it can be read or written
     */
    ClientChannel(SocketChannel channel, EventLoop loop, EventLoop.Handler handler) throws IOException {
        this.channel = channel;
        out = new OutQueue(loop.buffers());
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.register(channel, SelectionKey.OP_READ, handler);
    }

    /** Whether nothing more can be sent or received. */
    boolean isClosed() {
        return closed;
    }

    /** Whether no request is taken any more: the channel closes when all is written. */
    boolean isEnding() {
        return ending;
    }

    /** Whether what comes in is only dropped, until the client closes. */
    boolean isLingering() {
        return ending && lingers && out.isEmpty();
    }

    /** Whether all that was sent is written. */
    boolean isDrained() {
        return out.isEmpty();
    }

    /** Reads what is there; −1 once the client has ended its side. */
    int read(ByteBuffer in) throws IOException {
        int count = SocketCalls.read(channel, in);
        inputEnded |= count < 0;
        return count;
    }

    /** Whether the client has ended its side. */
    boolean isInputEnded() {
        return inputEnded;
    }

    /** Asks to be told when all can be written that is kept, and, where that is wanted, when there is more to read. */
    void watch(boolean input) {
        if (closed || !key.isValid()) {
            return;
        }
        int operations = out.isEmpty() ? 0 : SelectionKey.OP_WRITE;
        if (input && !inputEnded) {
            operations |= SelectionKey.OP_READ;
        }
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Writes bytes or keeps them to be written; false where the client can't be reached. */
    boolean send(ByteBuffer bytes) {
        if (!closed) {
            try {
                out.write(channel, bytes);
                return true;
            } catch (IOException e) {
                // it is for the caller to say what that means
            }
        }
        bytes.position(bytes.limit());
        return false;
    }

    /** Writes what was kept; whether all is written now. */
    boolean flush() throws IOException {
        return out.flush(channel);
    }

    /** Ends our direction only. */
    void endOutput() {
        try {
            channel.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    /**
     * Closes when all is written.
     *
     * @param linger whether the client may still be sending: what comes is dropped then until it closes, since closing
     *     over it would reset the connection and could take our answer with it (RFC 9112, section 9.6)
     */
    void end(boolean linger) {
        ending = true;
        lingers = linger;
        drained();
    }

    /** All is written: what was to end then ends. */
    void drained() {
        if (!ending || closed || !out.isEmpty()) {
            return;
        }
        if (lingers) {
            endOutput();
        } else {
            close();
        }
    }

    /** Closes so that the client sees that something is missing, where the message itself can't show it. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // then it is an end like any other
        }
        close();
    }

    void close() {
        if (!closed) {
            closed = true;
            out.release();
            try {
                channel.close();
            } catch (IOException e) {
                // nothing is left to be closed
            }
        }
    }
}
