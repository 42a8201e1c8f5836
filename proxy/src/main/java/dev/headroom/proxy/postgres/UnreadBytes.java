package dev.headroom.proxy.postgres;

import dev.headroom.proxy.postgres.capture.Tap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the connections of one loop have passed on and no {@link Tap} has read yet, in the order in which it was passed
 * on. Small pieces wait here until they fill it, or the oldest is {@link #LONGEST_NANOS} old: read in a batch, by code
 * and from memory that the processor has at hand, they cost half of what each costs on its own between two system calls,
 * and no traffic waits for them. On the loop's thread only, but for what says otherwise.
 */
final class UnreadBytes {
    /** For so long pieces may wait, as far as somebody looks. */
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int ROOM = 16 * 1024;

    /** A longer piece is read at once: a result that comes in such pieces is a batch of its own. */
    private static final int LONGEST = ROOM / 4;

    private static final int MOST = 256;
    private static final VarHandle SINCE;

    static {
        try {
            SINCE = MethodHandles.lookup().findVarHandle(UnreadBytes.class, "since", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] bytes = new byte[ROOM];
    private final @Nullable Tap[] taps = new @Nullable Tap[MOST];
    private final int[] ends = new int[MOST];
    private final long[] nanos = new long[MOST];
    private int count;
    private int used;
    private boolean atOnce;
    private volatile long since = Long.MAX_VALUE;

    /** When the oldest piece was passed on; {@link Long#MAX_VALUE} where there is none. Any thread may ask. */
    long since() {
        return since;
    }

    /** Keeps {@code length} bytes of {@code chunk} from {@code start} on for {@code tap}, or has it read them now. */
    void add(Tap tap, ByteBuffer chunk, int start, int length, long now, byte[] scratch) {
        if (atOnce || length > LONGEST || tap.hurries()) {
            read();
            chunk.get(start, scratch, 0, length);
            tap.feed(scratch, 0, length, now);
            return;
        }
        if (count == MOST || used + length > ROOM || count > 0 && now - nanos[0] > LONGEST_NANOS) {
            read();
        }
        chunk.get(start, bytes, used, length);
        used += length;
        taps[count] = tap;
        ends[count] = used;
        nanos[count] = now;
        if (count++ == 0) {
            // the loop's own time of being busy ends after this, and is asked for before it
            SINCE.setRelease(this, now);
        }
    }

    /** Has all that waits read. */
    void read() {
        int start = 0;
        for (int i = 0; i < count; i++) {
            Tap tap = taps[i];
            taps[i] = null;
            if (tap != null && tap.reading()) {
                tap.feed(bytes, start, ends[i] - start, nanos[i]);
            }
            start = ends[i];
        }
        if (count > 0) {
            count = 0;
            used = 0;
            SINCE.setRelease(this, Long.MAX_VALUE);
        }
    }

    /** From now on nothing waits. */
    void readAtOnce() {
        atOnce = true;
        read();
    }
}
