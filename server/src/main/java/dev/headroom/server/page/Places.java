package dev.headroom.server.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a statement's executions came from: the first {@value #MOST} places that were seen, by name, and how many there
 * are beyond. Bounded; not thread-safe.
 */
final class Places {
    private static final int MOST = 20;
    private static final int MOST_OTHERS = 10_000;

    private final Map<String, Long> times = new TreeMap<>();
    private long others;
    private boolean more;
    private long otherTimes;

    /** A place beyond the first, of one of all statements. */
    record Other(Places of, String name) {}

    /**
     * So many executions more.
     *
     * @param known those beyond the first that were counted, of all statements together
     */
    void add(String name, long executions, Set<Other> known) {
        if (times.size() < MOST || times.containsKey(name)) {
            times.merge(name, executions, Long::sum);
            return;
        }
        otherTimes += executions;
        Other other = new Other(this, name);
        if (known.size() < MOST_OTHERS) {
            others += known.add(other) ? 1 : 0;
        } else {
            more |= !known.contains(other);
        }
    }

    /** How many executions came from each of the first. */
    Map<String, Long> times() {
        return times;
    }

    /** How many are beyond them ({@code more}: at least), and how many executions those have. */
    Map<String, Object> others() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("places", others);
        map.put("more", more);
        map.put("times", otherTimes);
        return map;
    }
}
