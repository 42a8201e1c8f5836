package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds single statements that take long, and a good part of their request. Repeats of fast ones are another check's. One
 * that is slow once among many fast executions of its own is no slow statement: something held it up.
 */
public final class SlowQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "slow-query";

    /** An execution that takes this long is slow, whatever the request. */
    private static final long SLOW_NANOS = 500_000_000;

    /** An execution that takes this long is slow where it is a quarter of the request. */
    private static final long NOTABLE_NANOS = 100_000_000;

    /** Among faster executions, slow ones in fewer requests are chance. */
    private static final int RECURRING_REQUESTS = 3;

    /** Among faster executions, slow ones in fewer of a route's requests that run it are chance: one in so many. */
    private static final int RECURRING_SHARE = 20;

    /** Rows that are read in a moment need no index. */
    private static final long LARGE_TABLE = 10_000;

    private static final Pattern PATTERN = Pattern.compile("(?i)\\bI?LIKE\\b");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run(context.statistics());
    }

    private static final class Run implements CheckRun {
        private final Tallies<Executions> executions = new Tallies<>();
        private final Tallies<Tally> tallies = new Tallies<>();
        private final DatabaseStatistics statistics;
        private long judged;

        Run(DatabaseStatistics statistics) {
            this.statistics = statistics;
        }

        @Override
        public void request(RequestView view) {
            judged++;
            for (ShapeGroup group : view.groups()) {
                Key key = new Key(view.operation(), group.shape().id());
                Executions all = executions.of(key, Executions::new);
                if (all != null) {
                    all.requests++;
                    all.count += group.count();
                    all.nanos += group.foldedNanos();
                }
                for (Query query : group.queries()) {
                    if (all != null) {
                        all.nanos += query.nanos();
                    }
                    if (query.nanos() >= NOTABLE_NANOS) {
                        judge(view, query, key, all);
                    }
                }
            }
        }

        private void judge(RequestView view, Query query, Key key, @Nullable Executions all) {
            long request = Math.max(1, view.trace().request().nanos());
            if (query.nanos() < SLOW_NANOS && query.nanos() * 4 < request) {
                return;
            }
            Tally tally = tallies.of(key, () -> new Tally(view.operation(), query.shape(), query.callSite(), all));
            if (tally == null) {
                return;
            }
            long id = view.trace().request().id();
            tally.requests += tally.lastRequest == id ? 0 : 1;
            tally.lastRequest = id;
            tally.slow++;
            tally.nanos += query.nanos();
            tally.requestNanos += request;
            tally.slowest = Math.max(tally.slowest, query.nanos());
            tally.rows += query.rows();
            tally.bytes += query.bytes();
            tally.transferNanos += query.firstRowNanos() == 0 ? 0 : query.endNanos() - query.firstRowNanos();
        }

        @Override
        public List<Finding> findings() {
            return tallies.all().stream()
                    .filter(Tally::matters)
                    .map(tally -> tally.finding(statistics))
                    .toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(ID, judged, 0, null);
        }
    }

    private record Key(String operation, long shape) {}

    /** All executions of one statement on one route, slow or not. */
    private static final class Executions {
        private long requests;
        private long count;
        private long nanos;
    }

    private static final class Tally {
        private final String operation;
        private final QueryShape shape;
        private final @Nullable CallSite site;

        /** Null where there were too many statements to count each one's. */
        private final @Nullable Executions all;

        private long lastRequest;
        private long requests;
        private long slow;
        private long nanos;
        private long requestNanos;
        private long slowest;
        private long rows;
        private long bytes;
        private long transferNanos;

        Tally(String operation, QueryShape shape, @Nullable CallSite site, @Nullable Executions all) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
            this.all = all;
        }

        /** What one execution takes that was not slow, in nanoseconds; 0 where all were. */
        private double usual() {
            return all == null || all.count <= slow ? 0 : (double) (all.nanos - nanos) / (all.count - slow);
        }

        /** Whether it is slow as a rule, as far as was seen. */
        private boolean asARule() {
            return all == null || slow * 2 > all.count;
        }

        private boolean recurs() {
            return asARule()
                    || requests >= RECURRING_REQUESTS && all != null && requests * RECURRING_SHARE >= all.requests;
        }

        boolean matters() {
            return recurs() || slowest >= SLOW_NANOS;
        }

        Finding finding(DatabaseStatistics statistics) {
            long each = nanos / slow;
            double share = Math.min(1, (double) nanos / requestNanos);
            boolean recurs = recurs();
            double usual = usual();
            long cost = Math.max(0, nanos - (long) (usual * slow));
            FindingDraft draft = new FindingDraft(
                            ID,
                            recurs ? Evidence.LIKELY : Evidence.HINT,
                            recurs ? Level.PROBLEM : Level.NOTE,
                            operation)
                    .shape(shape)
                    .at(site)
                    .cost(requests, new Cost(0, cost, rows, bytes))
                    .explain(Words.percent(share) + " of the request's time; the slowest took " + Words.time(slowest))
                    .detail("shareOfRequest", share)
                    .detail("slowestNanos", slowest)
                    .detail("slowExecutions", slow);
            if (all != null) {
                draft.detail("executions", all.count);
                explainOthers(draft, all, usual);
            }
            if (transferNanos * 2 > nanos) {
                draft.explain("most of it after the first row: the answer is large, or the app reads it slowly");
            }
            explainPattern(draft, statistics);
            return draft.finding(Remedy.FASTER_STATEMENT, title(each));
        }

        private String title(long each) {
            if (asARule()) {
                return "one statement takes " + Words.time(each);
            }
            return recurs() && all != null
                    ? "one statement takes " + Words.time(each) + " in " + requests + " of " + all.requests
                            + " requests"
                    : "one statement took " + Words.time(slowest) + " once in a while";
        }

        private void explainOthers(FindingDraft draft, Executions counted, double usual) {
            if (counted.count > slow) {
                draft.explain(slow + " of " + Words.count(counted.count, "execution", "executions") + " on this route "
                        + (slow == 1 ? "was" : "were") + " slow, the others took " + Words.time(usual) + " on average"
                        + (recurs() ? "" : ": a lock, a cold cache or a busy machine may have held it up"));
            }
        }

        /** A pattern is a value, so whether it begins with a wildcard is not known: said as a condition. */
        private void explainPattern(FindingDraft draft, DatabaseStatistics statistics) {
            String table = shape.tables().isEmpty() ? "" : shape.tables().get(0);
            long size = statistics.rows(table);
            if (size >= LARGE_TABLE && PATTERN.matcher(shape.text()).find()) {
                draft.detail("likeOn", table);
                draft.explain(
                        "it compares with LIKE: where the pattern begins with %, all of " + table + " is read (about "
                                + Words.count(size, "row", "rows") + "), unless there is a trigram index (pg_trgm)");
            }
        }
    }
}
