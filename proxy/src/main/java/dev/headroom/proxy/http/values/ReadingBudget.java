package dev.headroom.proxy.http.values;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What reading responses may take in all, however many there are: a share of one processor's time, and memory for the
 * text that waits, the scanners and the digests. Owned by the loop's thread.
 */
final class ReadingBudget {
    /** The memory of one reading before it has read anything. */
    static final int READING_BYTES = 4 * 1024;

    private static final int BYTES_LIMIT = 8 * 1024 * 1024;

    /** One part in so many of elapsed time may be spent on reading. */
    private static final long SHARE = 25;

    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What a response costs besides the time for its text: memory to be collected, digests to be sorted and judged. */
    private static final long BEGIN_NANOS = TimeUnit.MICROSECONDS.toNanos(80);

    /** What a slice costs at most: one that took longer was kept from running, by others or while all of us was stopped. */
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** About how long a byte of text takes, to know what is spent already on the text that waits. */
    private static final long NANOS_PER_BYTE = 6;

    private final LongSupplier clock;
    private long credit = BURST_NANOS;
    private long creditedNanos;
    private int heldBytes;
    private int waitingBytes;

    /** One by that monotonic clock, in nanoseconds. */
    ReadingBudget(LongSupplier clock) {
        this.clock = clock;
        creditedNanos = clock.getAsLong();
    }

    /** Whether there is time and memory for one more response; takes what it needs to begin with. */
    boolean begins() {
        long now = clock.getAsLong();
        credit = Math.min(BURST_NANOS, credit + (now - creditedNanos) / SHARE);
        creditedNanos = now;
        if (credit <= waitingBytes * NANOS_PER_BYTE || !takes(READING_BYTES)) {
            return false;
        }
        credit -= BEGIN_NANOS;
        return true;
    }

    /** A slice that took so long was read. */
    void spent(long nanos) {
        credit -= Math.min(nanos, MOST_NANOS);
    }

    /** Whether so many bytes of text may be copied, to be read later; takes them then. */
    boolean takesText(int bytes) {
        if (!takes(bytes)) {
            return false;
        }
        waitingBytes += bytes;
        return true;
    }

    /** So many bytes of text were read or dropped. */
    void givesText(int bytes) {
        waitingBytes -= bytes;
        heldBytes -= bytes;
    }

    /** Whether so many bytes more may be kept; takes them then. */
    boolean takes(int bytes) {
        if (heldBytes + bytes > BYTES_LIMIT) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    /** So many bytes are kept no longer. */
    void gives(int bytes) {
        heldBytes -= bytes;
    }

    /** How many bytes are kept. */
    int heldBytes() {
        return heldBytes;
    }
}
