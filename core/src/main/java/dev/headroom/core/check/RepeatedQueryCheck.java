package dev.headroom.core.check;

import java.util.List;

/**
 * Finds one shape that runs again and again in a request with other values each time (N+1). Judged inside a request, by
 * shape and call site, however far apart the repeats are.
 */
public final class RepeatedQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "repeated-query";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements CheckRun {
        private final Tallies<RepeatedQueryTally> tallies = new Tallies<>();
        private long judged;
        private long couldNot;

        @Override
        public void request(RequestView view) {
            if (cannotTell(view)) {
                couldNot++;
            } else {
                judged++;
            }
            for (Repeat repeat : view.repeats()) {
                RepeatedQueryTally tally = tallies.of(
                        repeat.key(view.operation()),
                        () -> new RepeatedQueryTally(view.operation(), repeat.shape(), repeat.site()));
                if (tally != null) {
                    tally.add(view, repeat);
                }
            }
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
            return tallies.all().stream().map(RepeatedQueryTally::finding).toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(
                    ID, judged, couldNot, couldNot > 0 ? "statements were too long to tell apart" : null);
        }
    }
}
