package dev.headroom.server.page;

import dev.headroom.core.trace.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The events of a run: the first ones themselves, of all others when they were. Not thread-safe. */
final class RunEvents {
    static final int MOST_KEPT = 2_000;

    /** 2 MB of times: the page of a run lives in a process of 48 MB. */
    private static final int MOST_TIMES = 250_000;

    private final List<Event> kept = new ArrayList<>();
    private long[] times = new long[64];
    private int timed;
    private boolean more;

    void add(Event event) {
        if (kept.size() < MOST_KEPT) {
            kept.add(event);
        }
        if (timed == MOST_TIMES) {
            more = true;
            return;
        }
        if (timed == times.length) {
            times = Arrays.copyOf(times, Math.min(MOST_TIMES, 2 * timed));
        }
        times[timed++] = event.nanos();
    }

    /** The first ones. */
    List<Event> kept() {
        return kept;
    }

    /** How many there were in that time, at least. */
    long within(TimeRange range) {
        return Arrays.stream(times, 0, timed).filter(range::contains).count();
    }

    /** Whether there may have been even more. */
    boolean moreWithin(TimeRange range) {
        return more && range.toNanos() > times[timed - 1];
    }
}
