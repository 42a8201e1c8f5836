package dev.headroom.core.report;

import dev.headroom.core.check.CheckCoverage;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import dev.headroom.core.trace.RunInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a view shows of a run.
 *
 * @param info what was run; null where unknown
 * @param summary what was seen
 * @param findings what was found, in order of cost, problems before notes, silenced ones left out
 * @param silenced what the user silenced
 * @param warnings about silences, one line each
 * @param coverage how much each check could judge
 * @param unrecorded what the recording of the run lacks
 */
public record RunReport(
        @Nullable RunInfo info,
        Summary summary,
        List<Finding> findings,
        List<Finding> silenced,
        List<String> warnings,
        List<CheckCoverage> coverage,
        Unrecorded unrecorded) {
    public RunReport {
        findings = List.copyOf(findings);
        silenced = List.copyOf(silenced);
        warnings = List.copyOf(warnings);
        coverage = List.copyOf(coverage);
    }

    /** This report, of a run of which its recording lacks that. */
    public RunReport lacking(Unrecorded missing) {
        return new RunReport(info, summary, findings, silenced, warnings, coverage, missing);
    }

    /** The findings that are worth changing. */
    public List<Finding> problems() {
        return findings.stream()
                .filter(finding -> finding.level() == Level.PROBLEM)
                .toList();
    }

    /** The findings that are only worth knowing. */
    public List<Finding> notes() {
        return findings.stream()
                .filter(finding -> finding.level() == Level.NOTE)
                .toList();
    }
}
