package dev.headroom.proxy.http.values;

import dev.headroom.core.trace.Digests;
import java.util.Arrays;

/** Distinct digests, up to a bound: open addressing over longs, where 0 (which no value has) marks a free place. */
final class DigestSet {
    /** The most digests that are kept of one response. */
    static final int LIMIT = 20_000;

    private long[] places = new long[128];
    private int size;
    private boolean full;

    void add(long digest) {
        int mask = places.length - 1;
        int at = (int) digest & mask;
        while (places[at] != 0) {
            if (places[at] == digest) {
                return;
            }
            at = at + 1 & mask;
        }
        if (size == LIMIT) {
            full = true;
            return;
        }
        places[at] = digest;
        size++;
        if (size * 2 > places.length) {
            grow();
        }
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

    private void grow() {
        long[] smaller = places;
        places = new long[smaller.length * 2];
        int mask = places.length - 1;
        for (long digest : smaller) {
            if (digest != 0) {
                int at = (int) digest & mask;
                while (places[at] != 0) {
                    at = at + 1 & mask;
                }
                places[at] = digest;
            }
        }
    }
}
