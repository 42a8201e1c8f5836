package dev.headroom.proxy.http;

import dev.headroom.proxy.net.BufferPool;
import dev.headroom.proxy.net.SocketCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/**
 * What could not be written to a channel at once. Holds buffers only while the other side reads more slowly than we
 * write; whoever fills it must stop reading its own source until it is empty.
 */
final class OutQueue {
    private final BufferPool pool;
    private final ArrayDeque<ByteBuffer> pending = new ArrayDeque<>(0);

    OutQueue(BufferPool pool) {
        this.pool = pool;
    }

    /** Whether everything was written. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Writes all of {@code source}, or keeps a copy of what the channel did not take. */
    void write(SocketChannel channel, ByteBuffer source) throws IOException {
        if (pending.isEmpty()) {
            SocketCalls.write(channel, source);
        }
        while (source.hasRemaining()) {
            ByteBuffer last = pending.peekLast();
            if (last == null || last.limit() == last.capacity()) {
                last = pool.take();
                last.limit(0);
                pending.addLast(last);
            }
            append(last, source);
        }
    }

    private static void append(ByteBuffer target, ByteBuffer source) {
        int from = target.limit();
        int length = Math.min(target.capacity() - from, source.remaining());
        target.limit(from + length);
        target.put(from, source, source.position(), length);
        source.position(source.position() + length);
    }

    /** Writes what the channel takes; whether it is empty now. */
    boolean flush(SocketChannel channel) throws IOException {
        while (true) {
            ByteBuffer first = pending.peekFirst();
            if (first == null) {
                return true;
            }
            SocketCalls.write(channel, first);
            if (first.hasRemaining()) {
                return false;
            }
            pool.give(pending.removeFirst());
        }
    }

    /** Drops everything. */
    void release() {
        while (!pending.isEmpty()) {
            pool.give(pending.removeFirst());
        }
    }
}
