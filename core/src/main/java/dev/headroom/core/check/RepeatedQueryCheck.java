package dev.headroom.core.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds one shape that runs again and again in a request with other values each time (N+1). Judged inside a request, by
 * shape and call site, however far apart the repeats are.
 */
public final class RepeatedQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "repeated-query";

    /** Begins the line of the explanation that shows the statement whose rows the repeats ask with. */
    public static final String FED_BY = "fed by: ";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements CheckRun {
        private static final int MAX_OPERATIONS = 10_000;

        private final Tallies<RepeatedQueryTally> tallies = new Tallies<>();
        private final Map<String, Long> requests = new HashMap<>();
        private long judged;
        private long couldNot;

        @Override
        public void request(RequestView view) {
            if (cannotTell(view)) {
                couldNot++;
            } else {
                judged++;
            }
            long ordinal = count(view.operation());
            for (Repeat repeat : view.repeats()) {
                RepeatedQueryTally tally = tallies.of(
                        repeat.key(view.operation()),
                        () -> new RepeatedQueryTally(view.operation(), repeat.shape(), repeat.site()));
                if (tally != null) {
                    tally.add(view, repeat, ordinal);
                }
            }
        }

        /** Which request of its route this is, from 1; 0 where there are too many routes to count. */
        private long count(String operation) {
            return requests.size() < MAX_OPERATIONS || requests.containsKey(operation)
                    ? requests.merge(operation, 1L, Long::sum)
                    : 0;
        }

        private static boolean cannotTell(RequestView view) {
            for (ShapeGroup group : view.groups()) {
                if (group.shape().truncated() && group.count() >= RepeatFinder.MIN_REPEATS) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public List<Finding> findings() {
            return tallies.all().stream()
                    .map(tally -> tally.finding(requests.getOrDefault(tally.operation(), 0L)))
                    .toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(
                    ID, judged, couldNot, couldNot > 0 ? "statements were too long to tell apart" : null);
        }
    }
}
