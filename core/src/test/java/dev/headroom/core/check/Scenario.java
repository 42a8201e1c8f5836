package dev.headroom.core.check;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests, and what must be said about them.
 *
 * @param name what happens in them
 * @param check the check that must speak; null where all must stay silent
 * @param level what it must call it; meaningless where {@code check} is null
 * @param requests the requests
 */
record Scenario(String name, @Nullable String check, Level level, Supplier<List<TestRequest>> requests) {

    /** Must be reported as a problem. */
    static Scenario problem(String name, String check, TestRequest... requests) {
        return new Scenario(name, check, Level.PROBLEM, () -> List.of(requests));
    }

    /** May be shown, but not as a problem. */
    static Scenario note(String name, String check, TestRequest... requests) {
        return new Scenario(name, check, Level.NOTE, () -> List.of(requests));
    }

    /** Must not be called a problem. */
    static Scenario silent(String name, TestRequest... requests) {
        return new Scenario(name, null, Level.NOTE, () -> List.of(requests));
    }

    List<Finding> diagnose() {
        return TestRequest.diagnose(requests.get().toArray(TestRequest[]::new));
    }

    @Override
    public String toString() {
        return name;
    }
}
