package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells what repeated queries will cost at the biggest customer: how many run for each row of what feeds them, times the
 * rows of the largest group that the database knows of. Silent where the requests do not show how it grows, or the
 * database was not asked.
 */
public final class GrowthCheck implements Check {
    /** The check's name. */
    public static final String ID = "growth";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run(context);
    }

    private static final class Run implements CheckRun {
        private final Tallies<GrowthTally> tallies = new Tallies<>();
        private final CheckContext context;
        private long judged;

        Run(CheckContext context) {
            this.context = context;
        }

        @Override
        public void request(RequestView view) {
            judged++;
            for (Repeat repeat : view.repeats()) {
                Feed feed = repeat.feed();
                if (feed != null && feed.oneQuery()) {
                    GrowthTally tally = tallies.of(
                            List.of(view.operation(), feed.source().id()),
                            () -> new GrowthTally(view.operation(), feed));
                    if (tally != null) {
                        tally.knows(repeat);
                    }
                }
            }
            for (GrowthTally tally : tallies.all()) {
                if (tally.operation().equals(view.operation())) {
                    observe(view, tally);
                }
            }
        }

        private static void observe(RequestView view, GrowthTally tally) {
            long rows = -1;
            long repeats = 0;
            long nanos = 0;
            for (ShapeGroup group : view.groups()) {
                if (group.shape().id() == tally.source().id() && group.count() == 1 && group.folded() == 0) {
                    rows = group.queries().get(0).rows();
                } else if (tally.isFed(group.shape().id())) {
                    repeats += group.count();
                    nanos += group.foldedNanos();
                    for (Query query : group.queries()) {
                        nanos += query.nanos();
                    }
                }
            }
            if (rows >= 0) {
                tally.observe(
                        rows,
                        repeats,
                        nanos,
                        view.trace().request().nanos(),
                        view.trace().statements());
            }
        }

        @Override
        public List<Finding> findings() {
            List<Finding> findings = new ArrayList<>();
            for (GrowthTally tally : tallies.all()) {
                tally.addTo(findings, context);
            }
            return findings;
        }

        @Override
        public CheckCoverage coverage() {
            boolean asked = context.statistics().known();
            return tallies.all().isEmpty() || asked
                    ? new CheckCoverage(ID, judged, 0, null)
                    : new CheckCoverage(ID, 0, judged, "the database's statistics were not read");
        }
    }
}
