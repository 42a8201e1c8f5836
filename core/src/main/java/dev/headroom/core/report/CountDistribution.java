package dev.headroom.core.report;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each whole number came: exact while there are at most 4,096 different ones, then rounded to three
 * significant digits. For one thread.
 */
final class CountDistribution {
    private static final int MAX_DISTINCT = 4_096;

    private SortedMap<Long, long[]> counts = new TreeMap<>();

    /** The count of the number that came last: most come again at once. */
    private long[] lastCount = new long[1];

    private long last = Long.MIN_VALUE;
    private boolean rounding;
    private long total;
    private long max;

    void add(long value) {
        total++;
        max = Math.max(max, value);
        long number = rounding ? rounded(value) : value;
        if (number != last) {
            last = number;
            lastCount = counts.computeIfAbsent(number, key -> new long[1]);
        }
        lastCount[0]++;
        if (!rounding && counts.size() > MAX_DISTINCT) {
            rounding = true;
            counts = coarse();
            last = Long.MIN_VALUE;
        }
    }

    private SortedMap<Long, long[]> coarse() {
        SortedMap<Long, long[]> coarse = new TreeMap<>();
        counts.forEach((number, count) -> coarse.computeIfAbsent(rounded(number), key -> new long[1])[0] += count[0]);
        return coarse;
    }

    /** The same counts, apart from what is added later. */
    CountDistribution copy() {
        CountDistribution copy = new CountDistribution();
        counts.forEach((number, count) -> copy.counts.put(number, count.clone()));
        copy.rounding = rounding;
        copy.total = total;
        copy.max = max;
        return copy;
    }

    /** The lower median; 0 where nothing was added. */
    long median() {
        long before = 0;
        for (Map.Entry<Long, long[]> entry : counts.entrySet()) {
            before += entry.getValue()[0];
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
