package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds statements that fail, by SQLSTATE. What ordinary code provokes and handles (a key that exists, a lock that is
 * taken) in requests that succeed is only noted.
 */
public final class FailedQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "failed-query";

    /** The operation of statements that belong to no request. */
    public static final String OUTSIDE = "(outside of requests)";

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
        private long judged;

        @Override
        public void request(RequestView view) {
            judged++;
            boolean failed = view.trace().request().status() >= 500;
            for (Query query : view.trace().queries()) {
                if (query.sqlState() != null) {
                    add(view.operation(), query, query.sqlState(), failed);
                }
            }
        }

        @Override
        public void outside(Query query) {
            if (query.sqlState() != null) {
                add(OUTSIDE, query, query.sqlState(), true);
            }
        }

        private void add(String operation, Query query, String state, boolean requestFailed) {
            if (state.equals("25P02")) {
                return; // "transaction is aborted": the consequence of another failure
            }
            Tally tally = tallies.of(
                    List.of(operation, query.shape().id(), state),
                    () -> new Tally(operation, query.shape(), query.callSite(), state));
            if (tally != null) {
                tally.count++;
                tally.withFailedRequest += requestFailed ? 1 : 0;
                tally.nanos += query.nanos();
            }
        }

        @Override
        public List<Finding> findings() {
            return tallies.all().stream().map(Tally::finding).toList();
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
        private final String state;
        private long count;
        private long withFailedRequest;
        private long nanos;

        Tally(String operation, QueryShape shape, @Nullable CallSite site, String state) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
            this.state = state;
        }

        Finding finding() {
            boolean handled = withFailedRequest == 0 && (state.startsWith("23") || state.equals("55P03"))
                    || state.equals(Query.OUTCOME_UNKNOWN);
            return new FindingDraft(ID, Evidence.PROVEN, handled ? Level.NOTE : Level.PROBLEM, operation)
                    .shape(shape)
                    .at(site)
                    .identity(Long.toHexString(shape.id()) + state)
                    .cost(count, new Cost(0, nanos, 0, 0))
                    .explain("SQLSTATE " + state + " (" + meaning(state) + "), "
                            + Words.count(count, "time", "times")
                            + (operation.equals(OUTSIDE)
                                    ? ""
                                    : ", " + withFailedRequest + " of them in a request that failed"))
                    .detail("sqlState", state)
                    .detail("count", count)
                    .finding(
                            Remedy.AVOID_FAILURE,
                            (state.equals(Query.OUTCOME_UNKNOWN)
                                            ? "a statement is not waited for: "
                                            : "a statement fails: ")
                                    + meaning(state));
        }

        /** PostgreSQL's manual, appendix A, for the usual ones and by class for the others. */
        private static String meaning(String state) {
            return switch (state) {
                case "23505" -> "a key exists already";
                case "23503" -> "a row that it refers to is missing";
                case "23502" -> "a value is missing";
                case "40001" -> "a concurrent transaction came first";
                case "40P01" -> "deadlock";
                case "55P03" -> "a lock is taken";
                case "57014" -> "cancelled, or longer than statement_timeout allows";
                case "57P01" -> "the server ended the connection";
                case Query.OUTCOME_UNKNOWN -> "the app was gone, or told to end, before the answer";
                case "53300" -> "too many connections";
                case "42P01" -> "no such table";
                case "42703" -> "no such column";
                default ->
                    switch (state.substring(0, Math.min(2, state.length()))) {
                        case "08" -> "connection trouble";
                        case "22" -> "a value does not fit";
                        case "23" -> "a constraint is violated";
                        case "42" -> "wrong SQL, or no permission";
                        case "53" -> "the server lacks resources";
                        case "57" -> "the server's operator stepped in";
                        default -> "see its class";
                    };
            };
        }
    }
}
