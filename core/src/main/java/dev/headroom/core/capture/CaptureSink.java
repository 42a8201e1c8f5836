package dev.headroom.core.capture;

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

    /** What was seen and what was left out; the counters are never shed. */
    CaptureMeter meter();
}
