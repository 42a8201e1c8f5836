package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.proxy.postgres.capture.ColumnNames;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Column names by table OID and column number: a hash table that looks up without allocating and without a lock. One
 * thread puts names in, any may look them up.
 */
final class NamesByNumber {
    private volatile Table table = new Table(256);
    private final AtomicInteger count = new AtomicInteger();

    /** A slot's key is written before its name, and read after it. */
    private static final class Table {
        private final long[] keys;
        private final AtomicReferenceArray<ColumnNames.@Nullable Name> names;

        Table(int slots) {
            keys = new long[slots];
            names = new AtomicReferenceArray<>(slots);
        }

        ColumnNames.@Nullable Name get(long key) {
            int slot = first(key);
            ColumnNames.Name name = names.getAcquire(slot);
            while (name != null && keys[slot] != key) {
                slot = next(slot);
                name = names.getAcquire(slot);
            }
            return name;
        }

        /** Whether the key was new. */
        boolean put(long key, ColumnNames.Name name) {
            int slot = first(key);
            while (names.getPlain(slot) != null && keys[slot] != key) {
                slot = next(slot);
            }
            boolean added = names.getPlain(slot) == null;
            keys[slot] = key;
            names.setRelease(slot, name);
            return added;
        }

        private int first(long key) {
            return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
        }

        private int next(int slot) {
            return (slot + 1) & (keys.length - 1);
        }
    }

    ColumnNames.@Nullable Name get(int oid, int number) {
        return table.get(key(oid, number));
    }

    void put(int oid, int number, ColumnNames.Name name) {
        if (2 * (count.get() + 1) > table.keys.length) {
            grow();
        }
        if (table.put(key(oid, number), name)) {
            count.incrementAndGet();
        }
    }

    int size() {
        return count.get();
    }

    private void grow() {
        Table all = table;
        Table more = new Table(all.keys.length * 2);
        for (int i = 0; i < all.keys.length; i++) {
            ColumnNames.Name name = all.names.getPlain(i);
            if (name != null) {
                more.put(all.keys[i], name);
            }
        }
        table = more;
    }

    private static long key(int oid, int number) {
        return ((long) oid << 16) | (number & 0xFFFF);
    }
}
