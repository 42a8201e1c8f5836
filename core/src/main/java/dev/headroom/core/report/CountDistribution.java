package dev.headroom.core.report;

import java.util.Map;
import java.util.TreeMap;

/**
 * How often each whole number came: exact while there are at most 4,096 different ones, then rounded to three
 * significant digits. For one thread.
 */
final class CountDistribution {
    private static final int MAX_DISTINCT = 4_096;

    private TreeMap<Long, Long> counts = new TreeMap<>();
    private boolean rounding;
    private long total;
    private long max;

    void add(long value) {
        total++;
        max = Math.max(max, value);
        counts.merge(rounding ? rounded(value) : value, 1L, Long::sum);
        if (!rounding && counts.size() > MAX_DISTINCT) {
            rounding = true;
            TreeMap<Long, Long> coarse = new TreeMap<>();
            counts.forEach((number, count) -> coarse.merge(rounded(number), count, Long::sum));
            counts = coarse;
        }
    }

    /** The same counts, apart from what is added later. */
    CountDistribution copy() {
        CountDistribution copy = new CountDistribution();
        copy.counts = new TreeMap<>(counts);
        copy.rounding = rounding;
        copy.total = total;
        copy.max = max;
        return copy;
    }

    /** The lower median; 0 where nothing was added. */
    long median() {
        long before = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            before += entry.getValue();
            if (before * 2 >= total) {
                return entry.getKey();
            }
        }
        return 0;
    }

    long max() {
        return max;
    }

    private static long rounded(long value) {
        long unit = 1;
        while (value / unit >= 1_000) {
            unit *= 10;
        }
        return value / unit * unit;
    }
}
