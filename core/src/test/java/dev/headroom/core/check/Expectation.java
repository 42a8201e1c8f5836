package dev.headroom.core.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What must, and what may, be said about a scenario. Whatever else is said is a false alarm.
 *
 * @param name what happens, with the number of docs' corpus where it comes from there
 * @param origin who wrote it
 * @param wanted findings that must come; each finding meets at most one of them
 * @param tolerated checks that may add a note, never a problem
 */
public record Expectation(String name, Origin origin, List<Expected> wanted, Set<String> tolerated) {
    public Expectation {
        wanted = List.copyOf(wanted);
        tolerated = Set.copyOf(tolerated);
    }

    /** Nothing at all. */
    public static Expectation silence(String name, Origin origin) {
        return new Expectation(name, origin, List.of(), Set.of());
    }

    /** The same, with one more finding. */
    public Expectation wants(Expected expected) {
        return new Expectation(
                name,
                origin,
                Stream.concat(wanted.stream(), Stream.of(expected)).toList(),
                tolerated);
    }

    /** The same, with checks that may add a note. */
    public Expectation tolerates(String... checks) {
        return new Expectation(
                name,
                origin,
                wanted,
                Set.copyOf(Stream.concat(tolerated.stream(), Stream.of(checks)).toList()));
    }

    /** The same, with its last finding changed. */
    public Expectation last(UnaryOperator<Expected> change) {
        List<Expected> changed = new ArrayList<>(wanted);
        changed.set(changed.size() - 1, change.apply(changed.get(changed.size() - 1)));
        return new Expectation(name, origin, changed, tolerated);
    }

    @Override
    public String toString() {
        return name;
    }
}
