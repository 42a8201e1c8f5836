package dev.headroom.core.check;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request as checks see it: its queries grouped by shape once, for all checks. For one thread. */
public final class RequestView {
    private final RequestTrace trace;
    private final String operation;
    private final RepeatFinder finder;
    private final List<Query> statements;
    private final Map<Long, ShapeGroup> groups;
    private @Nullable List<Repeat> repeats;

    RequestView(RequestTrace trace, String operation, RepeatFinder finder) {
        this.trace = trace;
        this.operation = operation;
        this.finder = finder;
        if (trace.queries().isEmpty() && trace.folded().isEmpty()) {
            // most requests of an app that serves files: nothing to be grouped, and no iterator for each check
            statements = Collections.emptyList();
            groups = Collections.emptyMap();
            return;
        }
        statements = new ArrayList<>(trace.queries().size());
        groups = new LinkedHashMap<>();
        for (Query query : trace.queries()) {
            if (!query.shape().control()) {
                statements.add(query);
                groups.computeIfAbsent(query.shape().id(), id -> new ShapeGroup(query.shape()))
                        .add(query);
            }
        }
        for (FoldedQueries more : trace.folded()) {
            if (!more.shape().control()) {
                groups.computeIfAbsent(more.shape().id(), id -> new ShapeGroup(more.shape()))
                        .add(more);
            }
        }
    }

    /** The request with all of its queries. */
    public RequestTrace trace() {
        return trace;
    }

    /** Method and route. */
    public String operation() {
        return operation;
    }

    /** Its queries in order of start, without BEGIN and the like, and without those that were only counted. */
    public List<Query> statements() {
        return statements;
    }

    /** The same by shape, in order of first appearance, those that were only counted included. */
    public Collection<ShapeGroup> groups() {
        return groups.values();
    }

    /** Look-ups that it ran again and again with other values each time, found once for all checks. */
    List<Repeat> repeats() {
        List<Repeat> found = repeats;
        if (found == null) {
            found = finder.find(trace, groups.values());
            repeats = found;
        }
        return found;
    }
}
