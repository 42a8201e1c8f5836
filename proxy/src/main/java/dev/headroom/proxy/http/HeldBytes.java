package dev.headroom.proxy.http;

import dev.headroom.proxy.net.BufferPool;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes of one connection that were read and can't be used yet: part of a head, or the next request. */
final class HeldBytes {
    private final BufferPool pool;
    private @Nullable ByteBuffer bytes;

    HeldBytes(BufferPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return bytes == null;
    }

    /** What is held, to be read; empty where nothing is. */
    ByteBuffer bytes() {
        ByteBuffer held = bytes;
        return held == null ? ByteBuffer.allocate(0) : held;
    }

    /** What is held, to be read into behind its last byte and then flipped. */
    ByteBuffer toAppend() {
        ByteBuffer held = bytes();
        if (held.limit() == held.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect(MessageHead.LIMIT);
            larger.put(held.rewind()).flip();
            release();
            bytes = larger;
            held = larger;
        }
        return held.position(held.limit()).limit(held.capacity());
    }

    /** Holds what remains in {@code rest}, which may be the held bytes themselves, and nothing else. */
    @SuppressWarnings("ReferenceEquality") // whether it is the same buffer, not one of the same bytes
    void keep(ByteBuffer rest) {
        if (!rest.hasRemaining()) {
            release();
        } else if (rest == bytes) {
            if (rest.position() > 0) {
                rest.compact().flip();
            }
        } else {
            release();
            int length = rest.remaining();
            ByteBuffer held = length <= BufferPool.SIZE ? pool.take() : ByteBuffer.allocateDirect(MessageHead.LIMIT);
            bytes = held.put(rest).flip();
        }
    }

    void release() {
        ByteBuffer held = bytes;
        bytes = null;
        if (held != null && held.capacity() == BufferPool.SIZE) {
            pool.give(held);
        }
    }
}
