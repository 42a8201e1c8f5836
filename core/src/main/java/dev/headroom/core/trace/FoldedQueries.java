package dev.headroom.core.trace;

/**
 * Executions of one shape in one request that were counted but not kept one by one, once a request has more than
 * Headroom keeps.
 *
 * @param shape the statement
 * @param count how many executions
 * @param nanos their time together
 * @param rows their rows together
 * @param bytes their bytes together
 */
public record FoldedQueries(QueryShape shape, long count, long nanos, long rows, long bytes) {
    public FoldedQueries {
        if (count <= 0) {
            throw new IllegalArgumentException("nothing was folded: " + count);
        }
    }

    /** This and one more execution. */
    public FoldedQueries plus(Query query) {
        return new FoldedQueries(shape, count + 1, nanos + query.nanos(), rows + query.rows(), bytes + query.bytes());
    }
}
