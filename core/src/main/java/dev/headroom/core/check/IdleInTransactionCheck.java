package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds transactions that are held while no statement runs: they keep a connection from others, and once they have
 * written, rows too.
 */
public final class IdleInTransactionCheck implements Check {
    /** The check's name. */
    public static final String ID = "idle-in-transaction";

    /** A pause as long as this matters once the transaction has written. */
    private static final long NOTABLE_NANOS = 50_000_000;

    /** A pause as long as this matters in any transaction. */
    private static final long LONG_NANOS = 200_000_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements CheckRun {
        private final Tallies<Tally> tallies = new Tallies<>();
        private long judged;
        private long unjudged;

        @Override
        public void request(RequestView view) {
            if (!view.trace().folded().isEmpty()) {
                // what ran between two kept statements may be among those that were only counted
                unjudged++;
                return;
            }
            judged++;
            if (view.trace().queries().isEmpty()) {
                return;
            }
            Map<Long, Span> open = new HashMap<>(4);
            for (Query query : view.trace().queries()) {
                if (query.transactionId() != 0) {
                    open.computeIfAbsent(query.transactionId(), id -> new Span())
                            .add(query);
                }
            }
            Span worst = null;
            for (Span span : open.values()) {
                boolean matters = span.pause >= LONG_NANOS || span.pauseWroteBefore && span.pause >= NOTABLE_NANOS;
                if (matters && (worst == null || span.pause > worst.pause)) {
                    worst = span;
                }
            }
            Tally tally = open.isEmpty() ? null : tallies.of(view.operation(), () -> new Tally(view.operation()));
            if (tally != null) {
                tally.transactional++;
                if (worst != null) {
                    tally.add(worst);
                }
            }
        }

        @Override
        public List<Finding> findings() {
            return tallies.all().stream()
                    .filter(tally -> tally.requests > 0)
                    .map(Tally::finding)
                    .toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(
                    ID, judged, unjudged, unjudged == 0 ? null : "statements were only counted, not kept one by one");
        }
    }

    /** One transaction of one request. */
    private static final class Span {
        private long lastEnd;
        private boolean wrote;
        private long idle;
        private long pause;
        private boolean pauseWroteBefore;
        private @Nullable CallSite pauseEnd;

        void add(Query query) {
            if (lastEnd != 0 && query.startNanos() > lastEnd) {
                long gap = query.startNanos() - lastEnd;
                idle += gap;
                if (gap > pause) {
                    pause = gap;
                    pauseWroteBefore = wrote;
                    pauseEnd = query.callSite();
                }
            }
            lastEnd = Math.max(lastEnd, query.endNanos());
            wrote |= query.shape().kind().writes();
        }
    }

    private static final class Tally {
        private final String operation;
        private long transactional;
        private long requests;
        private long idle;
        private long longest;
        private long afterWrite;
        private @Nullable CallSite site;

        Tally(String operation) {
            this.operation = operation;
        }

        void add(Span span) {
            requests++;
            idle += span.idle;
            afterWrite += span.pauseWroteBefore ? 1 : 0;
            if (span.pause > longest) {
                longest = span.pause;
                site = span.pauseEnd;
            }
        }

        Finding finding() {
            // a pause in a few requests among many is a cold start or a busy machine, not the code's habit
            Level level = requests * 2 > transactional ? Level.PROBLEM : Level.NOTE;
            return new FindingDraft(ID, Evidence.PROVEN, level, operation)
                    .at(site)
                    .identity("")
                    .cost(requests, Cost.ZERO)
                    .explain("the longest pause between two of its statements: " + Words.time(longest)
                            + (site == null ? "" : ", before the statement at the place below"))
                    .explain(
                            afterWrite * 2 > requests
                                    ? "it had written before the pause: others wait for those rows"
                                    : "it keeps a connection from other requests")
                    .explain("in " + requests + " of " + transactional + " requests with a transaction")
                    .detail("idleNanosPerRequest", idle / requests)
                    .detail("longestPauseNanos", longest)
                    .finding(
                            Remedy.SHORTEN_TRANSACTION,
                            "a transaction is held for " + Words.time((double) idle / requests)
                                    + " a request while no statement runs");
        }
    }
}
