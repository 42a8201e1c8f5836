package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.proxy.postgres.capture.ColumnNames;
import org.jspecify.annotations.Nullable;

/** Column names by table OID and column number: a hash table that looks up without allocating. */
final class NamesByNumber {
    private long[] keys = new long[256];
    private ColumnNames.@Nullable Name[] names = new ColumnNames.@Nullable Name[256];
    private int count;

    ColumnNames.@Nullable Name get(int table, int number) {
        return names[slot(keys, names, key(table, number))];
    }

    void put(int table, int number, ColumnNames.Name name) {
        if (2 * (count + 1) > keys.length) {
            grow();
        }
        long key = key(table, number);
        int slot = slot(keys, names, key);
        if (names[slot] == null) {
            count++;
        }
        keys[slot] = key;
        names[slot] = name;
    }

    int size() {
        return count;
    }

    private void grow() {
        long[] moreKeys = new long[keys.length * 2];
        ColumnNames.@Nullable Name[] moreNames = new ColumnNames.@Nullable Name[keys.length * 2];
        for (int i = 0; i < keys.length; i++) {
            if (names[i] != null) {
                int slot = slot(moreKeys, moreNames, keys[i]);
                moreKeys[slot] = keys[i];
                moreNames[slot] = names[i];
            }
        }
        keys = moreKeys;
        names = moreNames;
    }

    private static long key(int table, int number) {
        return ((long) table << 16) | (number & 0xFFFF);
    }

    private static int slot(long[] keys, ColumnNames.@Nullable Name[] names, long key) {
        int mask = keys.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (names[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
