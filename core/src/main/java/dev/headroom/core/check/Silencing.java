package dev.headroom.core.check;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Findings after the user's silences.
 *
 * @param findings those that remain
 * @param silenced those that were taken out
 * @param warnings about silences that expired or matched nothing, one line each
 */
public record Silencing(List<Finding> findings, List<Finding> silenced, List<String> warnings) {
    public Silencing {
        findings = List.copyOf(findings);
        silenced = List.copyOf(silenced);
        warnings = List.copyOf(warnings);
    }

    /** Applies {@code silences} as of {@code today}; consequences are silenced on their own. */
    public static Silencing of(List<Finding> findings, List<Silence> silences, LocalDate today) {
        List<Finding> silenced = new ArrayList<>();
        boolean[] used = new boolean[silences.size()];
        List<Finding> remaining = remaining(findings, silences, today, silenced, used);
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < used.length; i++) {
            Silence silence = silences.get(i);
            if (!silence.holdsOn(today)) {
                warnings.add("a silence expired on " + silence.expires() + ": " + silence.text());
            } else if (!used[i]) {
                warnings.add("a silence matches nothing any more, remove it: " + silence.text());
            }
        }
        return new Silencing(remaining, silenced, warnings);
    }

    private static List<Finding> remaining(
            List<Finding> findings, List<Silence> silences, LocalDate today, List<Finding> silenced, boolean[] used) {
        List<Finding> remaining = new ArrayList<>();
        for (Finding finding : findings) {
            List<Finding> consequences = remaining(finding.consequences(), silences, today, silenced, used);
            boolean isSilenced = false;
            for (int i = 0; i < used.length; i++) {
                if (silences.get(i).holdsOn(today) && silences.get(i).matches(finding)) {
                    used[i] = true;
                    isSilenced = true;
                }
            }
            if (isSilenced) {
                silenced.add(finding.withConsequences(List.of()));
                remaining.addAll(consequences);
            } else {
                remaining.add(finding.withConsequences(consequences));
            }
        }
        return remaining;
    }
}
