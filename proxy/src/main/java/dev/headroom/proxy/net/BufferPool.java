package dev.headroom.proxy.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Direct buffers to be used again. Owned by one thread. A connection at rest should hold none: take one when the
 * channel is ready, give it back when it is empty again.
 */
public final class BufferPool {
    /** The size of every buffer, in bytes. */
    public static final int SIZE = 16 * 1024;

    private static final int KEPT = 256;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();

    /** A cleared buffer of {@link #SIZE} bytes. */
    public ByteBuffer take() {
        ByteBuffer buffer = free.pollFirst();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    /** Takes a buffer back; the caller must not touch it again. */
    public void give(ByteBuffer buffer) {
        if (free.size() < KEPT) {
            free.addFirst(buffer);
        }
    }
}
