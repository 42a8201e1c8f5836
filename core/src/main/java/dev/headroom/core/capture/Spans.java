package dev.headroom.core.capture;

import java.util.Arrays;
import java.util.Comparator;

/** Times from start to end, of which it can be asked in logarithmic time whether one overlaps another. Immutable. */
final class Spans {
    /** None. */
    static final Spans NONE = new Spans(new long[0][]);

    /** Ascending. */
    private final long[] starts;

    /** The latest end of the spans up to that one. */
    private final long[] latestEnds;

    /** Of pairs of start and end, which it sorts. */
    Spans(long[][] spans) {
        Arrays.sort(spans, Comparator.comparingLong(span -> span[0]));
        starts = new long[spans.length];
        latestEnds = new long[spans.length];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < spans.length; i++) {
            latest = Math.max(latest, spans[i][1]);
            starts[i] = spans[i][0];
            latestEnds[i] = latest;
        }
    }

    /** Whether one of them has a moment in common with the time from {@code start} to {@code end}, both included. */
    boolean overlap(long start, long end) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= end) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && latestEnds[low - 1] >= start;
    }
}
