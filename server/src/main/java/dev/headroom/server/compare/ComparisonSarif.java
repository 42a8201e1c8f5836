package dev.headroom.server.compare;

import dev.headroom.core.check.Finding;
import dev.headroom.core.report.SarifReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** A comparison as SARIF 2.1.0: the findings of both runs, each new, unchanged or absent (section 3.27.24). */
public final class ComparisonSarif {
    private ComparisonSarif() {}

    /** The findings as indented JSON. What was not tested again is left out: it is not known to be absent. */
    public static String render(Comparison comparison) {
        Map<Finding, String> states = new LinkedHashMap<>();
        comparison.fresh().forEach(each -> states.put(each, "new"));
        comparison.kept().forEach(each -> states.put(each, "unchanged"));
        comparison.gone().forEach(each -> states.put(each, "absent"));
        return SarifReport.compared(states);
    }
}
