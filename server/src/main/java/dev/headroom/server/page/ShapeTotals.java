package dev.headroom.server.page;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each statement cost over a run, or a part of it, and where it came from. Bounded; not thread-safe. */
final class ShapeTotals {
    /** Where what ran outside of requests came from. */
    static final String OUTSIDE = "(outside requests)";

    private static final int MOST_SHAPES = 5_000;

    private final Map<Long, Total> totals = new HashMap<>();
    private final Set<Places.Other> otherPlaces = new HashSet<>();
    private long omitted;

    /** One statement's figures. */
    static final class Total {
        final QueryShape shape;
        final Places operations = new Places();
        final Places callSites = new Places();
        private final long[] figures = new long[ShapeFigures.SIZE];

        private Total(QueryShape shape) {
            this.shape = shape;
        }

        /** One of {@link ShapeFigures}. */
        long figure(int which) {
            return figures[which];
        }
    }

    void add(RequestTrace trace) {
        String operation = trace.request().operation();
        for (Query query : trace.queries()) {
            add(query, operation);
        }
        for (FoldedQueries more : trace.folded()) {
            Total total = total(more.shape());
            if (total != null) {
                ShapeFigures.add(total.figures, more);
                from(total, operation, null, more.count());
            }
        }
    }

    void addOutside(Query query) {
        add(query, OUTSIDE);
    }

    private void add(Query query, String operation) {
        Total total = total(query.shape());
        if (total != null) {
            ShapeFigures.add(total.figures, query);
            from(total, operation, query.callSite(), 1);
        }
    }

    /** Executions of one statement from one place, which were added up before. */
    void add(QueryShape shape, String operation, @Nullable CallSite site, long[] figures) {
        Total total = total(shape);
        if (total != null) {
            ShapeFigures.add(total.figures, figures);
            from(total, operation, site, figures[ShapeFigures.COUNT]);
        }
    }

    private void from(Total total, String operation, @Nullable CallSite site, long times) {
        total.operations.add(operation, times, otherPlaces);
        if (site != null) {
            total.callSites.add(site.place(), times, otherPlaces);
        }
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
