package dev.headroom.core.check;

import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import java.util.List;

/**
 * A check at work on one run: fed with what was captured in order of completion, asked for findings at any time. Keeps
 * a bounded amount however long the run is. Used by one thread at a time.
 */
public interface CheckRun {
    /** A request is over. */
    default void request(RequestView request) {}

    /** A connection became ready, or was closed. */
    default void connection(Connection connection) {}

    /** Something happened. */
    default void event(Event event) {}

    /** The counters so far. */
    default void counters(CaptureCounters counters) {}

    /** What was found so far, without fixes. */
    List<Finding> findings();

    /** What was judged, and what could not be. */
    CheckCoverage coverage();
}
