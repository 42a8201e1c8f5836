package dev.headroom.core.report;

import dev.headroom.core.check.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decided.
 *
 * @param violations what is not allowed; empty where the report passes
 */
public record GateResult(List<Violation> violations) {
    public GateResult {
        violations = List.copyOf(violations);
    }

    /**
     * One thing that is not allowed.
     *
     * @param operation the route concerned
     * @param text what is wrong with it
     * @param finding the finding behind it; null for a budget
     */
    public record Violation(
            String operation, String text, @Nullable Finding finding) {}

    /** This and what another gate decided. */
    public GateResult plus(GateResult other) {
        List<Violation> both = new ArrayList<>(violations);
        both.addAll(other.violations);
        return new GateResult(both);
    }

    /** Whether nothing is violated. */
    public boolean passed() {
        return violations.isEmpty();
    }

    /** One line for each violation, or one that says that all is well; lines ended by a line feed. */
    public String render() {
        if (passed()) {
            return "headroom check: passed\n";
        }
        StringBuilder text = new StringBuilder("headroom check: failed\n");
        for (Violation violation : violations) {
            text.append("  ")
                    .append(violation.operation())
                    .append(": ")
                    .append(violation.text())
                    .append('\n');
        }
        return text.toString();
    }
}
