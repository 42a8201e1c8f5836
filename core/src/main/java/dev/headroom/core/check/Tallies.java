package dev.headroom.core.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a check adds up, by key, up to a bound. For one thread. */
final class Tallies<T> {
    private static final int MAX = 5_000;

    private final Map<Object, T> tallies = new LinkedHashMap<>();

    /** The tally of {@code key}, made where it is new; null where there are too many. */
    @Nullable
    T of(Object key, Supplier<T> create) {
        T tally = tallies.get(key);
        if (tally == null && tallies.size() < MAX) {
            tally = create.get();
            tallies.put(key, tally);
        }
        return tally;
    }

    Collection<T> all() {
        return tallies.values();
    }
}
