package dev.headroom.cli.scenario;

import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Expectation;
import dev.headroom.core.check.Expected;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import dev.headroom.core.check.Origin;
import dev.headroom.core.check.Verdict;
import java.util.List;
import java.util.Map;

/**
 * A handler that runs between both proxies on a real database, and what must be said about its requests.
 *
 * @param expectation what must be said
 * @param parameters pgjdbc's settings, as in a JDBC address
 * @param requests how many requests there are, one after another
 * @param work what the handler does
 */
record WireScenario(Expectation expectation, String parameters, int requests, Work work) {
    /** What a handler does for one request. */
    interface Work {
        void answer(Db db) throws Exception;
    }

    /** Silence, until it wants something. */
    static WireScenario scenario(String name, Work work) {
        return new WireScenario(Expectation.silence(name, Origin.INDEPENDENT), "", 1, work);
    }

    /** The same by someone who knows how the checks work. */
    static WireScenario guard(String name, Work work) {
        return new WireScenario(Expectation.silence(name, Origin.GUARD), "", 1, work);
    }

    /** One whose work another app does, which knows it by its name. */
    static WireScenario elsewhere(String name) {
        return guard(name, db -> {
            throw new IllegalStateException(name + " is another app's");
        });
    }

    /** A query whose rows' last column is asked for one by one. */
    static Work each(String feed, String perRow) {
        return db -> {
            for (Object value : db.column(feed)) {
                db.ask(perRow, value);
            }
        };
    }

    /** Wants a problem. */
    WireScenario reports(String check) {
        return wants(new Expected(check, Level.PROBLEM, null, Map.of()));
    }

    /** Wants a note, or a problem: which of them depends on how fast the machine is. */
    WireScenario mentions(String check) {
        return wants(new Expected(check, null, null, Map.of()));
    }

    private WireScenario wants(Expected expected) {
        return with(expectation.wants(expected));
    }

    /** What it wanted last must be known like this. */
    WireScenario known(Evidence evidence) {
        return with(expectation.last(expected -> expected.known(evidence)));
    }

    /** What it wanted last must be proven by these columns. */
    WireScenario from(String feed, String target) {
        return with(expectation.last(expected ->
                expected.known(Evidence.PROVEN).saying("feedColumn", feed).saying("targetColumn", target)));
    }

    /** What it wanted last must say this in its details. */
    WireScenario saying(String key, Object value) {
        return with(expectation.last(expected -> expected.saying(key, value)));
    }

    WireScenario tolerates(String... checks) {
        return with(expectation.tolerates(checks));
    }

    private WireScenario with(Expectation changed) {
        return new WireScenario(changed, parameters, requests, work);
    }

    WireScenario over(String settings) {
        String name = expectation.name() + ", " + settings;
        Expectation named = new Expectation(name, expectation.origin(), expectation.wanted(), expectation.tolerated());
        return new WireScenario(named, settings, requests, work);
    }

    WireScenario times(int count) {
        return new WireScenario(expectation, parameters, count, work);
    }

    /** Whether it is about time: what others say about time depends on how busy the machine is. */
    boolean about(String check) {
        return expectation.tolerated().contains(check)
                || expectation.wanted().stream()
                        .anyMatch(expected -> expected.check().equals(check));
    }

    /** What counts of what was said of it. */
    List<Verdict> judge(List<Finding> findings) {
        return Verdict.of(expectation, findings).stream()
                .filter(verdict -> about(verdict.check()) || !TIMED.contains(verdict.check()))
                .toList();
    }

    /** What a busy machine may bring about by itself. */
    static final List<String> TIMED = List.of("slow-query", "idle-in-transaction", "chatty-request");

    @Override
    public String toString() {
        return expectation.name();
    }
}
