package dev.headroom.core.report;

import dev.headroom.core.check.Budget;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a report passes, for CI.
 *
 * @param budgets statements that routes may run
 * @param failOn problems of at least this evidence fail; null for none
 * @param checks only problems of these checks fail; empty for all
 */
public record Gate(List<Budget> budgets, @Nullable Evidence failOn, Set<String> checks) {
    public Gate {
        budgets = List.copyOf(budgets);
        checks = Set.copyOf(checks);
    }

    /** What {@code report} violates. A budget whose route was never requested is a violation: nothing was tested. */
    public GateResult judge(RunReport report) {
        List<GateResult.Violation> violations = new ArrayList<>();
        String nothing = nothingTested(report.summary());
        if (nothing != null) {
            violations.add(new GateResult.Violation("the recording", nothing + ": nothing was tested", null));
        }
        for (Budget budget : budgets) {
            judge(budget, report, violations);
        }
        Evidence least = failOn;
        if (least != null) {
            report.problems().forEach(finding -> judge(finding, least, violations));
        }
        return new GateResult(violations);
    }

    /** Consequences go away with their cause, which is what to act on; where only some checks count, they count too. */
    private void judge(Finding finding, Evidence least, List<GateResult.Violation> violations) {
        if (finding.level() == Level.NOTE) {
            return;
        }
        if (finding.evidence().atLeast(least) && (checks.isEmpty() || checks.contains(finding.check()))) {
            violations.add(new GateResult.Violation(
                    finding.operation(),
                    finding.evidence().word() + " " + finding.check() + " " + finding.id() + ": " + finding.title(),
                    finding));
        }
        if (!checks.isEmpty()) {
            finding.consequences().forEach(each -> judge(each, least, violations));
        }
    }

    private static @Nullable String nothingTested(Summary summary) {
        if (summary.requests() == 0 && summary.total() == 0) {
            return "no request and no statement was recorded";
        }
        if (CoverageText.gotNoDatabase(summary)) {
            return "none of the app's connections to its database succeeded";
        }
        return CoverageText.sawNoDatabase(summary)
                ? "the app opened no connection to a database through Headroom"
                : null;
    }

    private static void judge(Budget budget, RunReport report, List<GateResult.Violation> violations) {
        boolean requested = false;
        for (OperationSummary operation : report.summary().operations()) {
            if (budget.matches(operation.operation())) {
                requested = true;
                if (operation.statementsMax() > budget.maxQueries()) {
                    violations.add(new GateResult.Violation(
                            operation.operation(),
                            "a request ran " + Figures.of(operation.statementsMax(), "statement", "statements")
                                    + " (median " + Figures.count(operation.statementsMedian()) + "), the budget is "
                                    + Figures.count(budget.maxQueries()),
                            null));
                }
            }
        }
        if (!requested) {
            violations.add(new GateResult.Violation(
                    budget.route(), "has a budget, but no request of it was recorded: nothing was tested", null));
        }
    }
}
