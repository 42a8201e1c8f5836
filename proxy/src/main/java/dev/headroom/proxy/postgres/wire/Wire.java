package dev.headroom.proxy.postgres.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A non-blocking connection's bytes in both directions, with or without TLS. On the loop's thread only. */
public interface Wire {
    /** Reads what is there; -1 at the end, 0 where nothing is there now. */
    int read(ByteBuffer target) throws IOException;

    /** Writes what the connection takes now; the rest remains in {@code source}. */
    void write(ByteBuffer source) throws IOException;

    /** How much room {@link #read} needs in order to make progress, in bytes. */
    default int leastRead() {
        return 1;
    }

    /** Whether more may be readable without the channel becoming ready. */
    default boolean holdsInput() {
        return false;
    }

    /** Writes what {@link #write} took but the channel didn't take yet; false where some is still left. */
    default boolean flush() throws IOException {
        return true;
    }

    /** No more will be written; what was is delivered. */
    void endOutput() throws IOException;

    /** The channel underneath, for its readiness. */
    SocketChannel channel();

    /** Closes the connection at once. */
    default void close() {
        try {
            channel().close();
        } catch (IOException e) {
            // closing a socket has no outcome that anybody waits for
        }
    }
}
