package dev.headroom.core.check;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.List;

/** All executions of one shape in one request. For one thread. */
public final class ShapeGroup {
    private final QueryShape shape;
    private final List<Query> queries = new ArrayList<>(2);
    private long folded;
    private long foldedNanos;

    ShapeGroup(QueryShape shape) {
        this.shape = shape;
    }

    void add(Query query) {
        queries.add(query);
    }

    void add(FoldedQueries more) {
        folded += more.count();
        foldedNanos += more.nanos();
    }

    /** The statement. */
    public QueryShape shape() {
        return shape;
    }

    /** The executions that were kept one by one, in order of start. */
    public List<Query> queries() {
        return queries;
    }

    /** How many more were only counted. */
    public long folded() {
        return folded;
    }

    /** The time of those that were only counted. */
    public long foldedNanos() {
        return foldedNanos;
    }

    /** All executions. */
    public long count() {
        return queries.size() + folded;
    }
}
