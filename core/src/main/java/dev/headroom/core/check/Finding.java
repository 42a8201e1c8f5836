package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.QueryShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the watched app wastes.
 *
 * @param id stable over runs: made of check, operation, shapes and call site; see {@link FindingId}
 * @param check the check that found it, e.g. {@code repeated-query}
 * @param evidence how it is known
 * @param level whether it is worth changing
 * @param operation the route concerned, with its method: {@code GET /api/orders}
 * @param shapes the statements concerned, the most important one first
 * @param callSite where in the user's code; null where unknown
 * @param title one line
 * @param explanation further lines: how it is known, and of what
 * @param requests requests in which it was found
 * @param perRequest what it costs each of them on average
 * @param total what it cost over the recording
 * @param remedy what kind of change helps
 * @param fixes what to do, in the framework's words; safe ones first
 * @param consequences findings that go away with this one
 * @param details for machines: strings, numbers, booleans, and lists and maps of them
 */
public record Finding(
        String id,
        String check,
        Evidence evidence,
        Level level,
        String operation,
        List<QueryShape> shapes,
        @Nullable CallSite callSite,
        String title,
        List<String> explanation,
        long requests,
        Cost perRequest,
        Cost total,
        Remedy remedy,
        List<Fix> fixes,
        List<Finding> consequences,
        Map<String, Object> details) {
    public Finding {
        if (id.isBlank() || check.isBlank() || title.isBlank()) {
            throw new IllegalArgumentException("a finding needs an id, a check and a title: " + id + ", " + check);
        }
        if (requests < 0) {
            throw new IllegalArgumentException("requests must not be negative: " + requests);
        }
        shapes = List.copyOf(shapes);
        explanation = List.copyOf(explanation);
        fixes = List.copyOf(fixes);
        consequences = List.copyOf(consequences);
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** What it and its consequences cost over the recording. */
    public Cost totalWithConsequences() {
        Cost sum = total;
        for (Finding consequence : consequences) {
            sum = sum.plus(consequence.totalWithConsequences());
        }
        return sum;
    }

    /** The same with advice. */
    public Finding withFixes(List<Fix> newFixes) {
        return copy(newFixes, consequences);
    }

    /** The same with what goes away with it. */
    public Finding withConsequences(List<Finding> newConsequences) {
        return copy(fixes, newConsequences);
    }

    private Finding copy(List<Fix> newFixes, List<Finding> newConsequences) {
        return new Finding(
                id,
                check,
                evidence,
                level,
                operation,
                shapes,
                callSite,
                title,
                explanation,
                requests,
                perRequest,
                total,
                remedy,
                newFixes,
                newConsequences,
                details);
    }
}
