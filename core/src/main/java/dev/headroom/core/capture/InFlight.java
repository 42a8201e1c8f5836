package dev.headroom.core.capture;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request from its start until its trace is handed on, with the queries found so far. What it keeps is bounded by
 * {@link #KEPT_QUERIES} and by the budget that it shares with all others; the rest is folded by shape.
 */
final class InFlight {
    /** Queries kept one by one. */
    static final int KEPT_QUERIES = 10_000;

    private static final int FOLDED_SHAPES = 1_000;
    private static final int STILL_RUNNING = 0;
    private static final QueryShape OTHER_SHAPES =
            new QueryShape(1, "(further statements)", StatementKind.OTHER, List.of(), true);

    final long id;
    final long startNanos;
    final @Nullable String traceId;

    /** The next of the same chain, and its neighbours in the order of starts: for {@link InFlightRequests} alone. */
    @Nullable
    InFlight sameChain;

    @Nullable
    InFlight before;

    @Nullable
    InFlight after;

    private final DetailBudget budget;

    /** Made with the first query: very many requests have none. */
    private List<Query> queries = List.of();

    private Map<Long, FoldedQueries> folded = Map.of();
    private long takenBytes;
    private long streamingNanos;
    private long overNanos;
    private @Nullable String route;
    private @Nullable Request request;
    private ResponseValues response = ResponseValues.UNREAD;

    InFlight(long id, long startNanos, @Nullable String traceId, DetailBudget budget) {
        this.id = id;
        this.startNanos = startNanos;
        this.traceId = traceId;
        this.budget = budget;
    }

    void streaming(long nanos) {
        streamingNanos = nanos;
    }

    /** The app's work for it has ended; its facts follow with {@link #finished}. */
    void ended(long nanos) {
        overNanos = nanos;
    }

    void route(String name) {
        route = name;
    }

    void finished(Request finishedRequest, ResponseValues values) {
        request = finishedRequest;
        response = values;
    }

    boolean over() {
        return request != null;
    }

    /** When the app's work for it ended; only once it is {@link #over}. */
    long workEndNanos() {
        return request == null ? Long.MAX_VALUE : request.workEndNanos();
    }

    /** When it stopped being in flight; 0 while it is. */
    long endNanos() {
        if (streamingNanos != STILL_RUNNING) {
            return streamingNanos;
        }
        return request == null ? overNanos : request.workEndNanos();
    }

    /** Whether it was in flight at some moment from {@code start} to {@code end}. */
    boolean overlaps(long start, long end) {
        long mine = endNanos();
        return startNanos <= end && (mine == STILL_RUNNING || mine >= start);
    }

    /** Whether it was in flight all the time from {@code start} to {@code end}. */
    boolean covers(long start, long end) {
        long mine = endNanos();
        return startNanos <= start && (mine == STILL_RUNNING || mine >= end);
    }

    /** Whether it was an open stream, which does not count as in flight, at some moment from {@code start} on. */
    boolean streamsAt(long start) {
        long end = request == null ? overNanos : request.workEndNanos();
        return streamingNanos != STILL_RUNNING && (end == STILL_RUNNING || end >= start);
    }

    /** Adds a query of this request; says whether it was kept whole. */
    boolean add(Query query) {
        long bareBytes = CaptureQueue.bytesWithoutColumns(query);
        if (queries.size() >= KEPT_QUERIES || !budget.takeRecord(bareBytes)) {
            fold(query);
            return false;
        }
        long detailBytes = CaptureQueue.bytes(query) - bareBytes;
        boolean whole = detailBytes == 0 || budget.takeDetail(detailBytes);
        takenBytes += bareBytes + (whole ? detailBytes : 0);
        if (queries.isEmpty()) {
            queries = new ArrayList<>();
        }
        queries.add(whole ? query : query.withoutColumns());
        return whole;
    }

    private void fold(Query query) {
        if (folded.isEmpty()) {
            folded = new LinkedHashMap<>();
        }
        QueryShape shape = query.shape();
        if (!folded.containsKey(shape.id()) && folded.size() >= FOLDED_SHAPES) {
            // further shapes are counted under one, so that no execution is missing from the count
            shape = OTHER_SHAPES;
        }
        FoldedQueries one = new FoldedQueries(shape, 1, query.nanos(), query.rows(), query.bytes());
        folded.merge(shape.id(), one, (before, more) -> before.plus(query));
    }

    /** Gives its room back without a trace. */
    void drop() {
        budget.give(takenBytes);
    }

    /** The trace, and gives its room back; once, and only when it is {@link #over}. */
    RequestTrace takeTrace() {
        Request whole = request;
        if (whole == null) {
            throw new IllegalStateException("request " + id + " is not over");
        }
        budget.give(takenBytes);
        if (queries.size() > 1) {
            queries.sort(Comparator.comparingLong(Query::startNanos).thenComparingLong(Query::id));
        }
        String name = route;
        return new RequestTrace(
                name == null ? whole : whole.routed(name),
                queries,
                folded.isEmpty() ? List.of() : List.copyOf(folded.values()),
                response);
    }
}
