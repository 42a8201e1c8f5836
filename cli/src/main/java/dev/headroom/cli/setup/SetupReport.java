package dev.headroom.cli.setup;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.cli.setup.SetupFinding.Level;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What trying an app's set-up told, for people and for machines. */
public final class SetupReport {
    /** Goes up when a field changes its meaning or goes away; new fields may come at any time. */
    private static final int VERSION = 1;

    private SetupReport() {}

    /** As text, a line a finding, with what to do below it. */
    public static String text(List<SetupFinding> findings) {
        StringBuilder out = new StringBuilder();
        for (SetupFinding finding : findings) {
            out.append(String.format(Locale.ROOT, "  %-8s%s%n", word(finding.level()), finding.text()));
            if (!finding.next().isEmpty()) {
                out.append(String.format(Locale.ROOT, "  %-8s> %s%n", "", finding.next()));
            }
        }
        return out.append('\n').append(verdict(findings)).append('\n').toString();
    }

    /** As JSON, in the form that docs/reference/cli.md describes. */
    public static String json(List<SetupFinding> findings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", "headroom-setup");
        map.put("version", VERSION);
        map.put("complete", SetupDiagnosis.complete(findings));
        map.put("findings", findings.stream().map(SetupReport::finding).toList());
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(map) + "\n";
        } catch (IOException e) {
            throw new HeadroomException("the findings could not be written as JSON: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> finding(SetupFinding finding) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", finding.id());
        map.put("level", finding.level().name().toLowerCase(Locale.ROOT));
        map.put("text", finding.text());
        map.put("next", finding.next());
        return map;
    }

    private static String word(Level level) {
        return switch (level) {
            case SEEN -> "seen";
            case MISSED -> "MISSED";
            case UNTRIED -> "untried";
            case NOTE -> "note";
        };
    }

    private static String verdict(List<SetupFinding> findings) {
        long missed = count(findings, Level.MISSED);
        long untried = count(findings, Level.UNTRIED);
        if (missed > 0) {
            return "Not all is intercepted: " + missed + (missed == 1 ? " thing is" : " things are") + " missed.";
        }
        return untried > 0
                ? "The app could not be tried far enough to tell."
                : "All that was found is intercepted. Put headroom run -- before the command.";
    }

    private static long count(List<SetupFinding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }
}
