package dev.headroom.proxy.postgres.capture;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a connection has given names to (prepared statements, portals), by the name's bytes; the empty name is one of
 * them. Looking up allocates nothing. Takes at most {@link #LARGEST} names; others go unremembered.
 */
final class NameTable<T> {
    static final int LARGEST = 20_000;

    private final Key probe = new Key();
    private @Nullable Map<Key, T> named;
    private @Nullable T unnamed;

    @Nullable
    T get(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return unnamed;
        }
        return named == null ? null : named.get(probe.over(bytes, offset, length));
    }

    /** Remembers {@code value}; returns what had the name before. */
    @Nullable
    T put(byte[] bytes, int offset, int length, T value) {
        if (length == 0) {
            T before = unnamed;
            unnamed = value;
            return before;
        }
        if (named == null) {
            named = new HashMap<>();
        }
        if (named.size() >= LARGEST) {
            return named.replace(probe.over(bytes, offset, length), value);
        }
        return named.put(new Key().over(Arrays.copyOfRange(bytes, offset, offset + length), 0, length), value);
    }

    @Nullable
    T remove(byte[] bytes, int offset, int length) {
        if (length == 0) {
            T before = unnamed;
            unnamed = null;
            return before;
        }
        return named == null ? null : named.remove(probe.over(bytes, offset, length));
    }

    /** Forgets whatever {@code gone} is true of. */
    void removeIf(Predicate<? super T> gone) {
        if (unnamed != null && gone.test(unnamed)) {
            unnamed = null;
        }
        if (named != null) {
            named.values().removeIf(gone);
            if (named.isEmpty()) {
                named = null;
            }
        }
    }

    /** Puts what {@code other} makes of it in the place of each value, and forgets those that it makes null of. */
    void replaceAll(Function<T, @Nullable T> other) {
        unnamed = unnamed == null ? null : other.apply(unnamed);
        if (named != null) {
            named.entrySet().removeIf(entry -> {
                @Nullable T value = other.apply(entry.getValue());
                if (value != null) {
                    entry.setValue(value);
                }
                return value == null;
            });
        }
    }

    private static final class Key {
        private byte[] bytes = new byte[0];
        private int offset;
        private int length;
        private int hash;

        Key over(byte[] source, int from, int count) {
            bytes = source;
            offset = from;
            length = count;
            int h = count;
            for (int i = from; i < from + count; i++) {
                h = h * 31 + source[i];
            }
            hash = h;
            return this;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && Arrays.equals(
                            bytes, offset, offset + length, that.bytes, that.offset, that.offset + that.length);
        }
    }
}
