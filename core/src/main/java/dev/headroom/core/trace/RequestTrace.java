package dev.headroom.core.trace;

import java.util.List;

/**
 * One request with all that is known to belong to it.
 *
 * @param request the request
 * @param queries its queries in order of start, BEGIN and the like included
 * @param folded what was counted beyond the queries that are kept one by one
 * @param response what its response showed
 */
public record RequestTrace(Request request, List<Query> queries, List<FoldedQueries> folded, ResponseValues response) {
    public RequestTrace {
        queries = List.copyOf(queries);
        folded = List.copyOf(folded);
    }

    /** How many statements it ran, without BEGIN and the like. */
    public long statements() {
        long count = 0;
        for (Query query : queries) {
            if (!query.shape().control()) {
                count++;
            }
        }
        for (FoldedQueries more : folded) {
            if (!more.shape().control()) {
                count += more.count();
            }
        }
        return count;
    }
}
