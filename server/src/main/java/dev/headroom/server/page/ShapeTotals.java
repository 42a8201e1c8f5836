package dev.headroom.server.page;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each statement cost over a run, and where it came from. Bounded; not thread-safe. */
final class ShapeTotals {
    private static final int MOST_SHAPES = 5_000;
    private static final int MOST_PLACES = 20;
    private static final String OUTSIDE = "(outside requests)";

    private final Map<Long, Total> totals = new HashMap<>();
    private long omitted;

    /** One statement's sums. */
    static final class Total {
        final QueryShape shape;
        final Map<String, Long> operations = new TreeMap<>();
        final Map<String, Long> callSites = new TreeMap<>();
        long count;
        long nanos;
        long maxNanos;
        long rows;
        long bytes;
        long failed;

        private Total(QueryShape shape) {
            this.shape = shape;
        }

        private void from(String operation, @Nullable CallSite site, long times) {
            if (operations.size() < MOST_PLACES || operations.containsKey(operation)) {
                operations.merge(operation, times, Long::sum);
            }
            if (site != null && (callSites.size() < MOST_PLACES || callSites.containsKey(site.place()))) {
                callSites.merge(site.place(), times, Long::sum);
            }
        }
    }

    void add(RequestTrace trace) {
        for (Query query : trace.queries()) {
            add(query, trace.request().operation());
        }
        add(trace.request().operation(), trace.folded());
    }

    /** Statements of which only the sums are known: not their longest time, and not whether they failed. */
    void add(String operation, List<FoldedQueries> folded) {
        folded.forEach(more -> add(operation, more));
    }

    void add(String operation, FoldedQueries more) {
        Total total = total(more.shape());
        if (total != null) {
            total.count += more.count();
            total.nanos += more.nanos();
            total.rows += more.rows();
            total.bytes += more.bytes();
            total.from(operation, null, more.count());
        }
    }

    void addOutside(Query query) {
        add(query, OUTSIDE);
    }

    private void add(Query query, String operation) {
        Total total = total(query.shape());
        if (total == null) {
            return;
        }
        total.count++;
        total.nanos += query.nanos();
        total.maxNanos = Math.max(total.maxNanos, query.nanos());
        total.rows += query.rows();
        total.bytes += query.bytes();
        total.failed += query.sqlState() == null ? 0 : 1;
        total.from(operation, query.callSite(), 1);
    }

    private @Nullable Total total(QueryShape shape) {
        Total known = totals.get(shape.id());
        if (known == null && totals.size() >= MOST_SHAPES) {
            omitted++;
            return null;
        }
        return known != null ? known : totals.computeIfAbsent(shape.id(), id -> new Total(shape));
    }

    Collection<Total> all() {
        return totals.values();
    }

    @Nullable
    Total get(long shapeId) {
        return totals.get(shapeId);
    }

    /** Executions of statements beyond the bound. */
    long omitted() {
        return omitted;
    }
}
