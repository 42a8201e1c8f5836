package dev.headroom.server.page;

import java.util.Arrays;

/** Exact percentiles of figures that are added one by one, by the nearest rank. Not thread-safe. */
final class Percentiles {
    private long[] values = new long[16];
    private int size;
    private boolean sorted;

    void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
        sorted = false;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The smallest value that {@code share} of all are not above; 0 where there is none. */
    long at(double share) {
        if (size == 0) {
            return 0;
        }
        sort();
        return values[Math.max(0, (int) Math.ceil(share * size) - 1)];
    }

    /** All figures, the smallest first. */
    long[] sorted() {
        sort();
        return Arrays.copyOf(values, size);
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
    }
}
