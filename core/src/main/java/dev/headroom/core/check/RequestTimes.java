package dev.headroom.core.check;

import java.util.Arrays;

/**
 * How long the requests of a route took, and how long a request with more rows may take: at the least if nothing but the
 * repeated statements grows, at the most if all of the request does. By medians, which a cold start does not move, of
 * the last {@value #MOST} requests. For one thread.
 */
final class RequestTimes {
    private static final int MOST = 64;

    private final double[] otherNanos = new double[MOST];
    private final double[] nanosOfRepeat = new double[MOST];
    private final double[] nanosOfRow = new double[MOST];
    private int size;
    private int next;

    void add(long rows, long repeats, long repeatNanos, long requestNanos) {
        if (rows <= 0 || repeats <= 0) {
            return;
        }
        otherNanos[next] = Math.max(0, requestNanos - repeatNanos);
        nanosOfRepeat[next] = (double) repeatNanos / repeats;
        nanosOfRow[next] = (double) requestNanos / rows;
        next = (next + 1) % MOST;
        size = Math.min(MOST, size + 1);
    }

    /** The time of a request of so many rows and repeats, each give or take a share {@code uncertainty}. */
    Range at(double rows, double repeats, double uncertainty) {
        double fixed = median(otherNanos) + repeats * median(nanosOfRepeat);
        double growing = rows * median(nanosOfRow);
        return new Range(Math.min(fixed, growing) * (1 - uncertainty), Math.max(fixed, growing) * (1 + uncertainty));
    }

    private double median(double[] values) {
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return size == 0 ? 0 : size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;
    }

    /**
     * A range of times in nanoseconds.
     *
     * @param least at the least
     * @param most at the most
     */
    record Range(double least, double most) {
        private static final double ALIKE = 1.3;

        String text() {
            return most <= least * ALIKE
                    ? "about " + Words.time((least + most) / 2)
                    : Words.time(least) + " to " + Words.time(most);
        }
    }
}
