package dev.headroom.server.compare;

import java.util.Arrays;

/**
 * The median of a figure over the requests of a run, and how sure it is.
 *
 * @param requests of how many requests, or samples
 * @param low with 95% confidence the median is not below this
 * @param median half of the requests had at most this
 * @param high with 95% confidence the median is not above this
 */
public record Spread(int requests, long low, long median, long high) {
    /** The normal quantile of 97.5%: half the width of a 95% interval, in standard deviations. */
    private static final double Z = 1.96;

    public Spread {
        if (low > median || median > high) {
            throw new IllegalArgumentException("out of order: " + low + ", " + median + ", " + high);
        }
    }

    /**
     * Of the figures of each request, at least one. The interval is that of order statistics (Conover, Practical
     * Nonparametric Statistics, section 3.2), which assumes nothing about how the figures are distributed.
     */
    public static Spread of(long[] figures) {
        long[] sorted = figures.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double half = Z * Math.sqrt(n) / 2;
        int low = (int) Math.max(0, Math.floor(n / 2.0 - half));
        int high = (int) Math.min(n - 1.0, Math.ceil(n / 2.0 + half));
        return new Spread(n, sorted[low], sorted[(n - 1) / 2], sorted[high]);
    }

    /** Whether both may have the same median. */
    public boolean overlaps(Spread other) {
        return low <= other.high && other.low <= high;
    }
}
