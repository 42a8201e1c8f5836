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
     * @param operation the route concerned, or "the recording" or "the baseline"
     * @param text what is wrong with it
     * @param finding the finding behind it; null where none is, as of a budget
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

    /**
     * For each violation a line, and one of where it is; last what was tested and what was not seen of it. Lines are
     * ended by a line feed.
     *
     * @param report what was judged
     */
    public String render(RunReport report) {
        StringBuilder text = new StringBuilder(passed() ? "headroom check: passed\n" : "headroom check: failed\n");
        for (Violation violation : violations) {
            text.append("  ")
                    .append(violation.operation())
                    .append(": ")
                    .append(violation.text())
                    .append('\n');
            String place = place(violation.finding());
            if (!place.isEmpty()) {
                text.append("    ").append(place).append('\n');
            }
        }
        Summary summary = report.summary();
        text.append("Tested: ")
                .append(Figures.of(summary.requests(), "request", "requests"))
                .append(" of ")
                .append(Figures.of(summary.operations().size(), "route", "routes"))
                .append(", ")
                .append(Figures.of(summary.total(), "statement", "statements"))
                .append(".\n");
        List<String> lost = CoverageText.lost(summary);
        if (!lost.isEmpty()) {
            text.append("Not seen: ").append(String.join(", ", lost)).append(".\n");
        }
        return text.toString();
    }

    private static String place(@Nullable Finding finding) {
        if (finding == null) {
            return "";
        }
        if (finding.callSite() != null) {
            return "at " + finding.callSite().place();
        }
        return finding.shapes().isEmpty()
                ? ""
                : TextLines.sql(finding.shapes().get(0).text(), 76);
    }
}
