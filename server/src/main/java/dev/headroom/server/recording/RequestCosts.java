package dev.headroom.server.recording;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one request's queries cost together, and by shape.
 *
 * @param statements executions, BEGIN and the like not included
 * @param rows rows returned or affected
 * @param bytes bytes of the server's answers
 * @param nanos time of all executions added up
 * @param byShape the same by shape, in order of first appearance
 */
record RequestCosts(long statements, long rows, long bytes, long nanos, List<FoldedQueries> byShape) {

    static RequestCosts of(RequestTrace trace) {
        Map<QueryShape, FoldedQueries> shapes = new LinkedHashMap<>();
        for (Query query : trace.queries()) {
            shapes.merge(query.shape(), once(query), RequestCosts::sum);
        }
        for (FoldedQueries more : trace.folded()) {
            shapes.merge(more.shape(), more, RequestCosts::sum);
        }
        long rows = 0;
        long bytes = 0;
        long nanos = 0;
        for (FoldedQueries each : shapes.values()) {
            rows += each.rows();
            bytes += each.bytes();
            nanos += each.nanos();
        }
        return new RequestCosts(trace.statements(), rows, bytes, nanos, List.copyOf(shapes.values()));
    }

    private static FoldedQueries once(Query query) {
        return new FoldedQueries(query.shape(), 1, query.nanos(), query.rows(), query.bytes());
    }

    private static FoldedQueries sum(FoldedQueries one, FoldedQueries other) {
        return new FoldedQueries(
                one.shape(),
                one.count() + other.count(),
                one.nanos() + other.nanos(),
                one.rows() + other.rows(),
                one.bytes() + other.bytes());
    }
}
