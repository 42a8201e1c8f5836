package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds single statements that take long, and a good part of their request. Repeats of fast ones are another check's. */
public final class SlowQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "slow-query";

    /** An execution that takes this long is slow, whatever the request. */
    private static final long SLOW_NANOS = 500_000_000;

    /** An execution that takes this long is slow where it is a quarter of the request. */
    private static final long NOTABLE_NANOS = 100_000_000;

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
        private final Tallies<Tally> tallies = new Tallies<>();
        private final DatabaseStatistics statistics;
        private long judged;

        Run(DatabaseStatistics statistics) {
            this.statistics = statistics;
        }

        @Override
        public void request(RequestView view) {
            judged++;
            for (Query query : view.statements()) {
                if (query.nanos() >= NOTABLE_NANOS) {
                    judge(view, query);
                }
            }
        }

        private void judge(RequestView view, Query query) {
            long request = Math.max(1, view.trace().request().nanos());
            if (query.nanos() < SLOW_NANOS && query.nanos() * 4 < request) {
                return;
            }
            Tally tally = tallies.of(
                    List.of(view.operation(), query.shape().id()),
                    () -> new Tally(view.operation(), query.shape(), query.callSite()));
            if (tally == null) {
                return;
            }
            long id = view.trace().request().id();
            tally.requests += tally.lastRequest == id ? 0 : 1;
            tally.lastRequest = id;
            tally.executions++;
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
                    .map(tally -> tally.finding(statistics))
                    .toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(ID, judged, 0, null);
        }
    }

    private static final class Tally {
        private final String operation;
        private final QueryShape shape;
        private final @Nullable CallSite site;
        private long lastRequest;
        private long requests;
        private long executions;
        private long nanos;
        private long requestNanos;
        private long slowest;
        private long rows;
        private long bytes;
        private long transferNanos;

        Tally(String operation, QueryShape shape, @Nullable CallSite site) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
        }

        Finding finding(DatabaseStatistics statistics) {
            long each = nanos / executions;
            double share = Math.min(1, (double) nanos / requestNanos);
            FindingDraft draft = new FindingDraft(ID, Evidence.LIKELY, Level.PROBLEM, operation)
                    .shape(shape)
                    .at(site)
                    .cost(requests, new Cost(0, nanos, rows, bytes))
                    .explain(Words.percent(share) + " of the request's time; the slowest took " + Words.time(slowest))
                    .detail("shareOfRequest", share)
                    .detail("slowestNanos", slowest);
            if (transferNanos * 2 > nanos) {
                draft.explain("most of it after the first row: the answer is large, or the app reads it slowly");
            }
            explainPattern(draft, statistics);
            return draft.finding(Remedy.FASTER_STATEMENT, "one statement takes " + Words.time(each));
        }

        /** A pattern is a value, so whether it begins with a wildcard is not known: said as a condition. */
        private void explainPattern(FindingDraft draft, DatabaseStatistics statistics) {
            String table = shape.tables().isEmpty() ? "" : shape.tables().get(0);
            long size = statistics.rows(table);
            if (size >= LARGE_TABLE && PATTERN.matcher(shape.text()).find()) {
                draft.explain(
                        "it compares with LIKE: where the pattern begins with %, all of " + table + " is read (about "
                                + Words.count(size, "row", "rows") + "), unless there is a trigram index (pg_trgm)");
            }
        }
    }
}
