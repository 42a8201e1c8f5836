package dev.headroom.proxy.http.values;

import dev.headroom.core.trace.Digests;
import java.util.Arrays;

/**
 * Distinct digests, up to a bound of their own and one that all responses share: open addressing over longs, where 0
 * (which no value has) marks a free place.
 */
final class DigestSet {
    /** The most digests that are kept of one response. */
    static final int LIMIT = 20_000;

    /** Places to begin with, which the fixed size of a reading covers. */
    private static final int FIRST = 32;

    private final ReadingBudget budget;
    private long[] places = new long[FIRST];
    private int size;
    private boolean full;

    DigestSet(ReadingBudget budget) {
        this.budget = budget;
    }

    void add(long digest) {
        int mask = places.length - 1;
        int at = (int) digest & mask;
        while (places[at] != 0) {
            if (places[at] == digest) {
                return;
            }
            at = at + 1 & mask;
        }
        if (size == LIMIT || (size * 2 == places.length && !budget.takes(Long.BYTES * places.length))) {
            full = true;
            return;
        }
        if (size * 2 == places.length) {
            grow();
            at = free(digest);
        }
        places[at] = digest;
        size++;
    }

    /** Whether digests were left out. */
    boolean isFull() {
        return full;
    }

    /** All of them, ascending. */
    Digests sorted() {
        long[] all = new long[size];
        int count = 0;
        for (long digest : places) {
            if (digest != 0) {
                all[count++] = digest;
            }
        }
        Arrays.sort(all);
        return Digests.copyOf(all, count);
    }

    /** What they took of the shared bound is free again; the digests stay readable. */
    void release() {
        budget.gives(Long.BYTES * (places.length - FIRST));
    }

    private void grow() {
        long[] smaller = places;
        places = new long[smaller.length * 2];
        for (long digest : smaller) {
            if (digest != 0) {
                places[free(digest)] = digest;
            }
        }
    }

    private int free(long digest) {
        int mask = places.length - 1;
        int at = (int) digest & mask;
        while (places[at] != 0) {
            at = at + 1 & mask;
        }
        return at;
    }
}
