package dev.headroom.core.check;

import java.util.List;

/**
 * What the doctor found.
 *
 * @param findings in order of what they cost, problems before notes
 * @param coverage how much each check could judge
 */
public record Diagnosis(List<Finding> findings, List<CheckCoverage> coverage) {
    public Diagnosis {
        findings = List.copyOf(findings);
        coverage = List.copyOf(coverage);
    }
}
