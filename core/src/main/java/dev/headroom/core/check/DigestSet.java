package dev.headroom.core.check;

import java.util.Arrays;

/** Distinct digests with the order in which they were added, without boxing. For one thread. */
final class DigestSet {
    private long[] digests = new long[16];
    private int[] slots = new int[32];
    private int size;

    /** Adds; its index, from 0, whether it is new or not. */
    int add(long digest) {
        if (size * 2 >= slots.length) {
            grow();
        }
        int slot = slot(digest, slots.length);
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            if (digests[index] == digest) {
                return index;
            }
            slot = slot + 1 & slots.length - 1;
        }
        if (size == digests.length) {
            digests = Arrays.copyOf(digests, size * 2);
        }
        digests[size] = digest;
        slots[slot] = ++size;
        return size - 1;
    }

    /** Its index, or -1. */
    int indexOf(long digest) {
        int slot = slot(digest, slots.length);
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            if (digests[index] == digest) {
                return index;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    boolean contains(long digest) {
        return indexOf(digest) >= 0;
    }

    int size() {
        return size;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        for (int index = 0; index < size; index++) {
            int slot = slot(digests[index], slots.length);
            while (slots[slot] != 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = index + 1;
        }
    }

    private static int slot(long digest, int length) {
        long mixed = digest * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & length - 1;
    }
}
