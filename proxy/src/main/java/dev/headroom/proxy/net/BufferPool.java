package dev.headroom.proxy.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct buffers to be used again. Owned by one thread, though several pools may be bounded together. A connection at rest should hold none: take one when the
 * channel is ready, give it back when it is empty again.
 *
 * <p>Memory is bounded without closing anything: all pools together make at most {@link #MOST_DIRECT} bytes of direct
 * buffers, and what is taken beyond that comes from the heap. Whoever reads in order to pass on asks {@link #readable}
 * first, which grants less the more waits for slow readers.
 */
public final class BufferPool {
    /** The size of every buffer, in bytes. */
    public static final int SIZE = 16 * 1024;

    /** Less than {@code -XX:MaxDirectMemorySize}, near which an allocation stalls its thread for the collector. */
    static final long MOST_DIRECT = 40L << 20;

    /** What one proxy's buffers may hold before reads become as small as they get. */
    static final long COMFORTABLE = 32L << 20;

    /** The smallest read, in bytes. */
    static final int LEAST_READ = 512;

    /** One read takes at most this part of what is left of {@link #COMFORTABLE}. */
    private static final int SHARE = 32;

    private static final int KEPT = 256;
    private static final AtomicLong DIRECT = new AtomicLong();

    /** {@link #MOST_DIRECT}, or what there was once the JVM refused more: asking again would stall the loop again. */
    private static volatile long mostDirect = MOST_DIRECT;

    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final ByteBuffer transfer = ByteBuffer.allocateDirect(SIZE);
    private final AtomicLong held;

    /** One that is bounded alone. */
    public BufferPool() {
        this(new AtomicLong());
    }

    /** One that is bounded together with all that count in {@code held}. */
    BufferPool(AtomicLong held) {
        this.held = held;
    }

    /** A cleared buffer of {@link #SIZE} bytes. */
    public ByteBuffer take() {
        held.addAndGet(SIZE);
        ByteBuffer buffer = free.pollFirst();
        return buffer == null ? allocate() : buffer.clear();
    }

    /** Takes a buffer back; the caller must not touch it again. */
    public void give(ByteBuffer buffer) {
        held.addAndGet(-SIZE);
        if (buffer.isDirect()) {
            if (free.size() < KEPT) {
                free.addFirst(buffer);
            } else {
                DIRECT.addAndGet(-SIZE);
            }
        }
    }

    /** A buffer on the heap that is as small as what it is to hold; counted until {@link #giveSmall}. */
    public ByteBuffer takeSmall(int bytes) {
        held.addAndGet(bytes);
        return ByteBuffer.allocate(bytes);
    }

    /** A buffer of {@link #takeSmall} is no longer needed. */
    public void giveSmall(ByteBuffer buffer) {
        held.addAndGet(-buffer.capacity());
    }

    /**
     * A direct buffer to copy a heap buffer into just before it is written: the channel would make one of its own, for
     * which there may be no memory.
     */
    public ByteBuffer transfer() {
        return transfer.clear();
    }

    /**
     * How many bytes may be read at once, should the one that they are for not take them: {@code wanted} while memory
     * is at ease, and down to {@value #LEAST_READ} when very many slow readers hold all of it.
     */
    public int readable(int wanted) {
        long share = (COMFORTABLE - held.get()) / SHARE;
        return (int) Math.min(wanted, Math.max(LEAST_READ, share));
    }

    /** Bytes of the buffers that are taken at present. */
    long held() {
        return held.get();
    }

    private static ByteBuffer allocate() {
        if (DIRECT.addAndGet(SIZE) <= mostDirect) {
            try {
                return ByteBuffer.allocateDirect(SIZE);
            } catch (OutOfMemoryError e) {
                // others in this process use direct memory too: the heap serves as well
                mostDirect = DIRECT.addAndGet(-SIZE);
                return ByteBuffer.allocate(SIZE);
            }
        }
        DIRECT.addAndGet(-SIZE);
        return ByteBuffer.allocate(SIZE);
    }
}
