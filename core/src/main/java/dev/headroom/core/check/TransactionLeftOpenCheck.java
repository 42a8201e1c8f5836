package dev.headroom.core.check;

import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.StatementKind;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds requests that end with their transaction still open: the connection was not given back. Told only where nothing
 * ended it for a while, or where the next request went on in it.
 */
public final class TransactionLeftOpenCheck implements Check {
    /** The check's name. */
    public static final String ID = "transaction-left-open";

    /** Whoever commits after the answer has done so by then. */
    private static final long LONG_NANOS = 5_000_000_000L;

    private static final int MOST_OPEN = 1_000;
    private static final int MOST_CLOSED = 10_000;

    private static final Pattern END =
            Pattern.compile("(?i)^(?:COMMIT|END|ABORT|PREPARE TRANSACTION|ROLLBACK(?! (?:WORK |TRANSACTION )?TO))\\b");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run();
    }

    private static final class Run implements OutsideRun {
        private final Tallies<Tally> tallies = new Tallies<>();
        private final Map<Long, Left> open = new LinkedHashMap<>();

        /** When connections were closed, by their numbers: the latest ones. */
        private final Map<Long, Long> closed = new LinkedHashMap<>();

        private long latestNanos;
        private long judged;

        @Override
        public void request(RequestView view) {
            judged++;
            long end = view.trace().request().workEndNanos();
            if (view.trace().queries().isEmpty()) {
                seen(end);
                return;
            }
            Map<Long, Query> last = new HashMap<>(4);
            for (Query query : view.trace().queries()) {
                if (query.transactionId() != 0) {
                    last.put(query.transactionId(), query);
                    Left left = open.remove(query.transactionId());
                    if (left != null && !ends(query)) {
                        left.tally.add(query.startNanos() - left.endNanos);
                    }
                }
            }
            Tally tally = last.isEmpty() ? null : tallies.of(view.operation(), () -> new Tally(view.operation()));
            boolean whole = view.trace().folded().isEmpty();
            for (Map.Entry<Long, Query> each : last.entrySet()) {
                if (tally != null && whole && !ends(each.getValue())) {
                    left(each.getKey(), new Left(tally, each.getValue().connectionId(), end));
                }
            }
            if (tally != null) {
                tally.requests++;
            }
            seen(end);
        }

        private void left(long transaction, Left left) {
            Long closedNanos = closed.get(left.connection);
            if (closedNanos != null) {
                left.endedAt(closedNanos);
            } else if (open.size() < MOST_OPEN) {
                open.put(transaction, left);
            }
        }

        /** A transaction ends with its connection. */
        @Override
        public void connection(Connection connection) {
            if (connection.closedNanos() == 0) {
                return;
            }
            if (closed.size() == MOST_CLOSED) {
                closed.remove(closed.keySet().iterator().next());
            }
            closed.put(connection.id(), connection.closedNanos());
            for (Iterator<Left> each = open.values().iterator(); each.hasNext(); ) {
                Left left = each.next();
                if (left.connection == connection.id()) {
                    left.endedAt(connection.closedNanos());
                    each.remove();
                }
            }
        }

        @Override
        public void outside(Query query) {
            if (query.transactionId() != 0) {
                Left left = open.remove(query.transactionId());
                if (left != null) {
                    left.endedAt(query.startNanos());
                }
            }
            seen(query.endNanos());
        }

        private void seen(long nanos) {
            latestNanos = Math.max(latestNanos, nanos);
            for (Iterator<Left> each = open.values().iterator(); each.hasNext(); ) {
                Left left = each.next();
                if (latestNanos - left.endNanos <= LONG_NANOS) {
                    return; // in order of their ends, near enough
                }
                left.tally.add(latestNanos - left.endNanos);
                each.remove();
            }
        }

        /** Whether a statement ends its transaction. */
        private static boolean ends(Query query) {
            return query.shape().kind() == StatementKind.CONTROL
                    && END.matcher(query.shape().text()).find();
        }

        @Override
        public List<Finding> findings() {
            return tallies.all().stream()
                    .filter(tally -> tally.left > 0)
                    .map(Tally::finding)
                    .toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(ID, judged, 0, null);
        }
    }

    /** A transaction that was open when its request ended. */
    private record Left(Tally tally, long connection, long endNanos) {
        void endedAt(long nanos) {
            if (nanos - endNanos > LONG_NANOS) {
                tally.add(nanos - endNanos);
            }
        }
    }

    private static final class Tally {
        private final String operation;
        private long requests;
        private long left;
        private long longest;

        Tally(String operation) {
            this.operation = operation;
        }

        void add(long nanos) {
            left++;
            longest = Math.max(longest, nanos);
        }

        Finding finding() {
            return new FindingDraft(ID, Evidence.PROVEN, Level.PROBLEM, operation)
                    .identity("")
                    .cost(left, Cost.ZERO)
                    .explain(
                            "in " + left + " of " + requests + " requests with a transaction; the longest was open for "
                                    + Words.time(longest) + " more, or was gone on with by another request")
                    .explain("its connection was not given back, and vacuum waits for it")
                    .detail("leftOpen", left)
                    .detail("requestsWithTransaction", requests)
                    .detail("longestNanos", longest)
                    .finding(Remedy.SHORTEN_TRANSACTION, "a transaction is still open when its request has ended");
        }
    }
}
