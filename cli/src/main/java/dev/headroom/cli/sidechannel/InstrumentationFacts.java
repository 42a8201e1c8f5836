package dev.headroom.cli.sidechannel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What instrumentation told besides calls: who said hello, what was found, what is missing. Thread-safe, bounded. */
public final class InstrumentationFacts {
    private static final int MOST = 1_000;
    private static final int MOST_NAMED = 4_000;

    private final Map<String, String> runtimes = new TreeMap<>();
    private final Map<String, String> frameworks = new TreeMap<>();
    private final Set<String> databases = new LinkedHashSet<>();
    private final Set<String> disabled = new LinkedHashSet<>();
    private final Set<String> named = new HashSet<>();
    private boolean requestBegan;
    private long hellos;
    private long calls;
    private long lost;
    private long unreadable;

    synchronized void hello(@Nullable String runtime, @Nullable String version) {
        hellos++;
        if (runtime != null && runtimes.size() < MOST) {
            runtimes.put(runtime, version == null ? "" : version);
        }
    }

    synchronized void call() {
        calls++;
    }

    /** A process of the app told that a request began; whether that is the first. */
    synchronized boolean requestBegan() {
        boolean first = !requestBegan;
        requestBegan = true;
        return first;
    }

    synchronized void lost(long more) {
        lost += Math.max(0, more);
    }

    synchronized void unreadable() {
        unreadable++;
    }

    /** Whether that is news. */
    synchronized boolean found(String name, @Nullable String version) {
        return frameworks.size() < MOST && frameworks.put(name, version == null ? "" : version) == null;
    }

    synchronized void opened(String vendor) {
        if (databases.size() < MOST) {
            databases.add(vendor);
        }
    }

    /** Whether that is news. */
    synchronized boolean disabled(String what) {
        return disabled.size() < MOST && disabled.add(what);
    }

    /** Whether that has not been told by another process of the app. */
    synchronized boolean news(String what) {
        return named.size() < MOST_NAMED && named.add(what);
    }

    /** How many processes said hello. */
    public synchronized long hellos() {
        return hellos;
    }

    /** How many database calls were told of. */
    public synchronized long calls() {
        return calls;
    }

    /** Frames that the app's processes had no room for. */
    public synchronized long lost() {
        return lost;
    }

    /** Frames that could not be read. */
    public synchronized long unreadableFrames() {
        return unreadable;
    }

    /** Frameworks and drivers by name, with their versions. */
    public synchronized Map<String, String> frameworks() {
        return Map.copyOf(frameworks);
    }

    /** The kinds of databases that the app opened connections to, e.g. {@code sqlite}. */
    public synchronized List<String> databases() {
        return List.copyOf(databases);
    }

    /** What is off, and why. */
    public synchronized List<String> disabledParts() {
        return new ArrayList<>(disabled);
    }
}
