package dev.headroom.proxy.postgres.wire;

import dev.headroom.proxy.net.BufferPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Bytes that a slow reader has not taken yet; holds no buffer while there are none. Its source must stop meanwhile. */
public final class Backlog {
    /** What is left of a read is often little, and many slow readers may each leave some. */
    private static final int SMALL = BufferPool.SIZE / 4;

    private final BufferPool pool;
    private @Nullable ArrayDeque<ByteBuffer> waiting;

    /** Holds nothing yet; its buffers come from {@code pool}. */
    public Backlog(BufferPool pool) {
        this.pool = pool;
    }

    boolean isEmpty() {
        return waiting == null;
    }

    /** Copies what remains in {@code source}. */
    public void add(ByteBuffer source) {
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        while (source.hasRemaining()) {
            ByteBuffer last = waiting.peekLast();
            if (last == null || last.limit() == last.capacity()) {
                last = source.remaining() <= SMALL ? pool.takeSmall(source.remaining()) : pool.take();
                last.limit(0);
                waiting.addLast(last);
            }
            int count = Math.min(source.remaining(), last.capacity() - last.limit());
            last.limit(last.limit() + count);
            last.put(last.limit() - count, source, source.position(), count);
            source.position(source.position() + count);
        }
    }

    /** Writes on; true where nothing is left. */
    public boolean flushTo(Wire wire) throws IOException {
        if (waiting != null) {
            for (ByteBuffer first = waiting.peekFirst(); first != null; first = waiting.peekFirst()) {
                write(wire, first);
                if (first.hasRemaining()) {
                    return false;
                }
                give(waiting.removeFirst());
            }
            waiting = null;
        }
        return wire.flush();
    }

    /** Drops everything. */
    public void clear() {
        if (waiting != null) {
            waiting.forEach(this::give);
            waiting = null;
        }
    }

    private void write(Wire wire, ByteBuffer source) throws IOException {
        if (source.isDirect()) {
            wire.write(source);
        } else {
            ByteBuffer copy = pool.transfer().put(source.duplicate()).flip();
            wire.write(copy);
            source.position(source.position() + copy.position());
        }
    }

    private void give(ByteBuffer buffer) {
        if (buffer.capacity() == BufferPool.SIZE) {
            pool.give(buffer);
        } else {
            pool.giveSmall(buffer);
        }
    }
}
