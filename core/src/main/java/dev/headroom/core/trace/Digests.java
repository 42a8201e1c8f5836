package dev.headroom.core.trace;

import java.util.Arrays;

/** An immutable list of 64-bit value digests; {@link #NULL_VALUE} stands for SQL NULL. */
public final class Digests {
    /** The digest of SQL NULL, which no value has. */
    public static final long NULL_VALUE = 0;

    /** The empty list. */
    public static final Digests NONE = new Digests(new long[0]);

    private final long[] values;

    private Digests(long[] values) {
        this.values = values;
    }

    /** Copies {@code values}. */
    public static Digests of(long... values) {
        return values.length == 0 ? NONE : new Digests(values.clone());
    }

    /** Takes {@code values} over: the caller must not touch them again. */
    public static Digests owning(long[] values) {
        return values.length == 0 ? NONE : new Digests(values);
    }

    /** Copies the first {@code length} of {@code values}. */
    public static Digests copyOf(long[] values, int length) {
        return length == 0 ? NONE : new Digests(Arrays.copyOf(values, length));
    }

    /** The number of digests. */
    public int size() {
        return values.length;
    }

    /** The digest at {@code index}, from 0. */
    public long get(int index) {
        return values[index];
    }

    /** A copy as an array. */
    public long[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digests that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Digests[" + values.length + "]";
    }
}
