package dev.headroom.cli.run;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment as our caller had it: the launcher sets some variables for our own JVM and puts others aside. */
public final class CallerEnvironment {
    private static final String ASIDE = "HEADROOM_CALLER_";
    private static final String MARK = "HEADROOM_LAUNCHER";
    private static final List<String> OURS = List.of("MALLOC_ARENA_MAX", "_JAVA_SR_SIGNUM", "LC_ALL");

    private CallerEnvironment() {}

    /** Undoes in a copy what the launcher did. */
    public static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> caller = new TreeMap<>(environment);
        if (caller.remove(MARK) != null) {
            caller.keySet().removeAll(OURS);
        }
        environment.forEach((name, value) -> {
            if (name.startsWith(ASIDE)) {
                caller.remove(name);
                caller.put(name.substring(ASIDE.length()), value);
            }
        });
        return caller;
    }
}
