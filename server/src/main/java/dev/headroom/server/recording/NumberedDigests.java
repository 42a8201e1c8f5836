package dev.headroom.server.recording;

import dev.headroom.core.trace.Digests;

/** Gives each distinct digest of a block a number, from 0 in the order in which they came. For one thread. */
final class NumberedDigests {
    private long[] keys = new long[512];
    private int[] numbers = new int[keys.length];
    private int size;

    int size() {
        return size;
    }

    /**
     * The number of {@code digest}, which is not NULL's; {@link #size} as it was before where it was not known, and -1
     * where it was not and {@code add} is false.
     */
    int number(long digest, boolean add) {
        int slot = slot(digest);
        if (keys[slot] == digest) {
            return numbers[slot];
        }
        if (!add) {
            return -1;
        }
        keys[slot] = digest;
        numbers[slot] = size++;
        if (size * 2 > keys.length) {
            grow();
        }
        return size - 1;
    }

    private int slot(long digest) {
        return slot(keys, digest);
    }

    /** Where {@code digest} is among {@code keys}, a power of two of them, or else would be: at one of NULL's. */
    static int slot(long[] keys, long digest) {
        int mask = keys.length - 1;
        int slot = (int) (digest ^ (digest >>> 32)) & mask;
        while (keys[slot] != digest && keys[slot] != Digests.NULL_VALUE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] before = keys;
        int[] numbersBefore = numbers;
        keys = new long[before.length * 2];
        numbers = new int[keys.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != Digests.NULL_VALUE) {
                int slot = slot(before[i]);
                keys[slot] = before[i];
                numbers[slot] = numbersBefore[i];
            }
        }
    }
}
