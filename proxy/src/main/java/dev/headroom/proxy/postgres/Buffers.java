package dev.headroom.proxy.postgres;

import java.nio.ByteBuffer;

/** Growing of heap buffers. */
final class Buffers {
    private Buffers() {}

    /** The unread bytes of {@code source} at the start of a buffer that holds at least {@code size}, ready to be filled. */
    static ByteBuffer roomFor(ByteBuffer source, int size) {
        if (source.capacity() >= size && source.remaining() < source.capacity()) {
            return source.compact();
        }
        return ByteBuffer.allocate(Math.max(size, source.capacity() * 2)).put(source);
    }
}
