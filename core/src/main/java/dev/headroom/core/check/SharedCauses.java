package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts findings that go away together under the one to act on: duplicates of a repeated statement, and what a repeated
 * query will grow to. Look-ups for the results of other look-ups stay on their own: loading the first level together
 * leaves the second.
 */
final class SharedCauses {
    private final List<Finding> findings;
    private final Map<String, Finding> repeated = new HashMap<>();
    private final Map<String, Finding> fedBy = new HashMap<>();

    private SharedCauses(List<Finding> findings) {
        this.findings = findings;
        for (Finding finding : findings) {
            if (finding.check().equals(RepeatedQueryCheck.ID)) {
                keepDearest(
                        repeated,
                        key(finding, Long.toHexString(finding.shapes().get(0).id())),
                        finding);
                if (finding.details().get("feedShape") instanceof String feed) {
                    keepDearest(fedBy, key(finding, feed), finding);
                }
            }
        }
    }

    /** The findings that remain at the top, each with its consequences. */
    static List<Finding> combine(List<Finding> findings) {
        return new SharedCauses(findings).combine();
    }

    private List<Finding> combine() {
        Map<String, List<Finding>> consequences = new HashMap<>();
        Set<String> placed = new HashSet<>();
        for (Finding finding : findings) {
            Finding cause = cause(finding);
            if (cause != null) {
                consequences
                        .computeIfAbsent(cause.id(), id -> new ArrayList<>())
                        .add(finding);
                placed.add(finding.id());
            }
        }
        List<Finding> top = new ArrayList<>();
        for (Finding finding : findings) {
            if (!placed.contains(finding.id())) {
                top.add(finding.withConsequences(consequences.getOrDefault(finding.id(), List.of())));
            }
        }
        return top;
    }

    private @Nullable Finding cause(Finding finding) {
        return switch (finding.check()) {
            case DuplicateQueryCheck.ID -> ofShape(finding);
            case GrowthCheck.ID ->
                finding.details().get("feedShape") instanceof String feed ? fedBy.get(key(finding, feed)) : null;
            default -> null;
        };
    }

    private @Nullable Finding ofShape(Finding finding) {
        for (QueryShape shape : finding.shapes()) {
            Finding same = repeated.get(key(finding, Long.toHexString(shape.id())));
            if (same != null) {
                return same;
            }
        }
        return null;
    }

    private static void keepDearest(Map<String, Finding> map, String key, Finding finding) {
        map.merge(key, finding, (one, two) -> one.total().nanos() >= two.total().nanos() ? one : two);
    }

    private static String key(Finding finding, String shape) {
        return finding.operation() + '\n' + shape;
    }
}
