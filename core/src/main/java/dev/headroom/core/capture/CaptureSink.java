package dev.headroom.core.capture;

import java.util.function.LongSupplier;

/**
 * Where capture states its facts. Every method returns at once, never throws and may be called from any thread: it is
 * called on the paths of the watched app's traffic.
 */
public interface CaptureSink {
    /** States a fact; false where it had to be dropped, which has been counted then. */
    boolean offer(CaptureEvent event);

    /** Whether detail (values, columns) should be left out for now, because the consumer lags behind. */
    default boolean overloaded() {
        return false;
    }

    /**
     * Waits for a source of facts: nothing is decided of a time that it may still state something of, however long its
     * thread is kept from running. Called once, before its first fact.
     *
     * @param statedUpTo the monotonic time before which it has stated all that it saw; {@link Long#MAX_VALUE} while it
     *     has nothing under way. May be asked on any thread
     */
    default void follow(LongSupplier statedUpTo) {}

    /** What was seen and what was left out; the counters are never shed. */
    CaptureMeter meter();
}
