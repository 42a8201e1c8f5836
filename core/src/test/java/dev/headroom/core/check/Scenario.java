package dev.headroom.core.check;

import java.util.List;
import java.util.Map;

/**
 * Requests, and what must be said about them.
 *
 * @param expectation what must be said
 * @param requests the requests
 */
record Scenario(Expectation expectation, List<TestRequest> requests) {
    Scenario {
        requests = List.copyOf(requests);
    }

    /** Must be reported as a problem. */
    static Scenario problem(String name, String check, TestRequest... requests) {
        return guard(name, requests).wants(new Expected(check, Level.PROBLEM, null, Map.of()));
    }

    /** May be shown, but not as a problem. */
    static Scenario note(String name, String check, TestRequest... requests) {
        return guard(name, requests).wants(new Expected(check, Level.NOTE, null, Map.of()));
    }

    /** Must not be mentioned. */
    static Scenario silent(String name, TestRequest... requests) {
        return guard(name, requests);
    }

    private static Scenario guard(String name, TestRequest... requests) {
        return new Scenario(Expectation.silence(name, Origin.GUARD), List.of(requests));
    }

    /** One by someone who had not read the checks; silence, until it wants something. */
    static Scenario independent(String name, TestRequest... requests) {
        return new Scenario(Expectation.silence(name, Origin.INDEPENDENT), List.of(requests));
    }

    Scenario wants(Expected expected) {
        return new Scenario(expectation.wants(expected), requests);
    }

    /** Wants a problem of this check. */
    Scenario reports(String check) {
        return wants(new Expected(check, Level.PROBLEM, null, Map.of()));
    }

    /** Wants a note of this check. */
    Scenario notes(String check) {
        return wants(new Expected(check, Level.NOTE, null, Map.of()));
    }

    /** What it wanted last must be known like this. */
    Scenario known(Evidence evidence) {
        return new Scenario(expectation.last(expected -> expected.known(evidence)), requests);
    }

    /** What it wanted last must name where the values come from, and where they go. */
    Scenario from(String feed, String target) {
        return new Scenario(
                expectation.last(expected -> expected.saying("feedColumn", feed).saying("targetColumn", target)),
                requests);
    }

    Scenario tolerates(String... checks) {
        return new Scenario(expectation.tolerates(checks), requests);
    }

    List<Finding> diagnose() {
        return TestRequest.diagnose(requests.toArray(TestRequest[]::new));
    }

    @Override
    public String toString() {
        return expectation.name();
    }
}
