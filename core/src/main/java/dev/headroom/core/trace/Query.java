package dev.headroom.core.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement.
 *
 * @param id unique in the recording, from 1, in order of start within a connection
 * @param requestId the request it belongs to, 0 for none
 * @param attribution how the request is known
 * @param connectionId the connection, unique in the recording, from 1
 * @param transactionId the transaction, unique in the recording; 0 outside an explicit one
 * @param shape the statement
 * @param callSite where in the user's code it came from; null where unknown
 * @param startNanos monotonic clock, when its first byte was forwarded to the server
 * @param firstRowNanos monotonic clock; 0 where no row came
 * @param endNanos monotonic clock, when the server's last byte for it arrived
 * @param rows rows returned, or affected by a write
 * @param bytes bytes of the server's answer
 * @param values digests of bound values and literals, in order of appearance
 * @param valuesComplete whether {@code values} holds all of them (false once detail was shed)
 * @param columns the result's columns; empty where there was no result or detail was shed
 * @param sqlState the error's SQLSTATE; null where it succeeded, {@link #OUTCOME_UNKNOWN} where the
 *     app did not wait for its end, which {@code endNanos} then isn't: it is when the app's end was seen
 */
public record Query(
        long id,
        long requestId,
        Attribution attribution,
        long connectionId,
        long transactionId,
        QueryShape shape,
        @Nullable CallSite callSite,
        long startNanos,
        long firstRowNanos,
        long endNanos,
        long rows,
        long bytes,
        Digests values,
        boolean valuesComplete,
        List<ResultColumn> columns,
        @Nullable String sqlState) {
    /**
     * The SQLSTATE of an execution whose answer the app did not wait for: its connection was closed, or the run ended.
     * That is transaction_resolution_unknown, which PostgreSQL's manual lists (appendix A) and no server sends.
     */
    public static final String OUTCOME_UNKNOWN = "08007";

    public Query {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException("a query ended before it started: " + startNanos + " > " + endNanos);
        }
        if (attribution.namesRequest() != (requestId != 0)) {
            throw new IllegalArgumentException(attribution + " does not go with request " + requestId);
        }
        columns = List.copyOf(columns);
    }

    /** How long it took, in nanoseconds. */
    public long nanos() {
        return endNanos - startNanos;
    }

    /** Whether the app was gone before it ended: how it would have ended, and when, is not known. */
    public boolean outcomeUnknown() {
        return OUTCOME_UNKNOWN.equals(sqlState);
    }

    /** The same execution without its columns, whose detail was shed. */
    public Query withoutColumns() {
        return columns.isEmpty() ? this : bare();
    }

    private Query bare() {
        return new Query(
                id,
                requestId,
                attribution,
                connectionId,
                transactionId,
                shape,
                callSite,
                startNanos,
                firstRowNanos,
                endNanos,
                rows,
                bytes,
                values,
                valuesComplete,
                List.of(),
                sqlState);
    }

    /** The same execution, attributed otherwise. */
    public Query attributed(long request, Attribution how, @Nullable CallSite site) {
        return new Query(
                id,
                request,
                how,
                connectionId,
                transactionId,
                shape,
                site,
                startNanos,
                firstRowNanos,
                endNanos,
                rows,
                bytes,
                values,
                valuesComplete,
                columns,
                sqlState);
    }
}
