package dev.headroom.core.check;

import java.util.List;

/** The checks that Headroom comes with. */
public final class Checks {
    private static final List<Check> ALL = List.of(new RepeatedQueryCheck(), new DuplicateQueryCheck());

    private Checks() {}

    /** All of them. */
    public static List<Check> all() {
        return ALL;
    }
}
