package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A finding while a check writes it down. For one thread. */
final class FindingDraft {
    private final String check;
    private final Evidence evidence;
    private final Level level;
    private final String operation;
    private final List<QueryShape> shapes = new ArrayList<>();
    private final List<String> explanation = new ArrayList<>();
    private final Map<String, Object> details = new LinkedHashMap<>();
    private @Nullable CallSite site;
    private @Nullable String identity;
    private Cost total = Cost.ZERO;
    private long requests = 1;

    FindingDraft(String check, Evidence evidence, Level level, String operation) {
        this.check = check;
        this.evidence = evidence;
        this.level = level;
        this.operation = operation;
    }

    FindingDraft shape(QueryShape shape) {
        shapes.add(shape);
        return this;
    }

    FindingDraft at(@Nullable CallSite newSite) {
        site = newSite;
        return this;
    }

    /** What tells it from others of the same check and operation, where shapes and call site do not. */
    FindingDraft identity(String text) {
        identity = text;
        return this;
    }

    FindingDraft cost(long newRequests, Cost newTotal) {
        requests = newRequests;
        total = newTotal;
        return this;
    }

    FindingDraft explain(String line) {
        explanation.add(line);
        return this;
    }

    FindingDraft detail(String name, Object value) {
        details.put(name, value);
        return this;
    }

    Finding finding(Remedy remedy, String title) {
        String id = identity == null
                ? FindingId.of(check, operation, shapes, site)
                : FindingId.of(check + '\n' + operation + '\n' + identity);
        return new Finding(
                id,
                check,
                evidence,
                level,
                operation,
                shapes,
                site,
                title,
                explanation,
                requests,
                total.dividedBy(Math.max(1, requests)),
                total,
                remedy,
                List.of(),
                List.of(),
                details);
    }
}
