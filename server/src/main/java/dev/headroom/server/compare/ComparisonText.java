package dev.headroom.server.compare;

import dev.headroom.core.check.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A comparison in Markdown, as it is pasted into a pull request; reads well as plain text, too. */
public final class ComparisonText {
    private ComparisonText() {}

    /** The whole comparison. */
    public static String render(Comparison comparison) {
        StringBuilder text = new StringBuilder("## Headroom: before and after\n\n");
        if (!comparison.differs()) {
            text.append("**No difference** beyond the runs' own noise.\n\n");
        }
        text.append(comparison.gone().size())
                .append(comparison.gone().size() == 1 ? " problem gone, " : " problems gone, ");
        text.append(comparison.fresh().size()).append(" new, ");
        text.append(comparison.kept().size()).append(" kept");
        if (!comparison.untested().isEmpty()) {
            text.append(", ").append(comparison.untested().size()).append(" not tested again");
        }
        boolean heap =
                comparison.routes().stream().anyMatch(each -> each.changes().containsKey(Metric.HEAP));
        text.append(".\n\n| route | requests | statements | time | rows | KB | memory meanwhile |");
        text.append(heap ? " JVM heap meanwhile |" : "").append("\n|---|---|---|---|---|---|---|");
        text.append(heap ? "---|" : "").append('\n');
        for (RouteComparison route : comparison.routes()) {
            text.append("| ").append(code(route.operation())).append(" | ");
            text.append(route.requestsBefore()).append(" → ").append(route.requestsAfter());
            for (Metric metric : Metric.values()) {
                if (metric != Metric.HEAP || heap) {
                    text.append(" | ").append(cell(metric, route.changes().get(metric)));
                }
            }
            text.append(" |\n");
        }
        text.append(
                "\nMedians; a difference is called better or worse when the 95% intervals of both medians lie apart.\n");
        peaks(text, comparison.peaksBefore(), comparison.peaksAfter());
        findings(text, "New", comparison.fresh());
        findings(text, "Gone", comparison.gone());
        findings(text, "Kept", comparison.kept());
        findings(text, "Not tested again (no request of the route)", comparison.untested());
        return text.toString();
    }

    /** One figure a run: shown, not judged. */
    private static void peaks(StringBuilder text, RunPeaks before, RunPeaks after) {
        List<String> parts = new ArrayList<>();
        if (before.memoryBytes() != null && after.memoryBytes() != null) {
            parts.add("memory " + memory(before.memoryBytes(), before) + " → " + memory(after.memoryBytes(), after));
        }
        if (before.heapBytes() != null && after.heapBytes() != null) {
            parts.add("JVM heap in use " + figure(Metric.HEAP, before.heapBytes()) + " → "
                    + figure(Metric.HEAP, after.heapBytes()));
        }
        if (!parts.isEmpty()) {
            text.append("\nPeaks of the runs (one figure each, so no verdict): ")
                    .append(String.join("; ", parts))
                    .append(".\n");
        }
    }

    /** What one look found says little of a peak. */
    private static String memory(long bytes, RunPeaks of) {
        boolean single = of.memorySamples() != null && of.memorySamples() == 1;
        return figure(Metric.MEMORY, bytes) + (single ? " (in its only sample)" : "");
    }

    private static String cell(Metric metric, @Nullable Change change) {
        if (change == null) {
            return "–";
        }
        String values = figure(metric, change.before().median()) + " → "
                + figure(metric, change.after().median());
        return switch (change.verdict()) {
            case BETTER -> values + " **better**";
            case WORSE -> values + " **worse**";
            case UNKNOWN -> values + " (too few to tell)";
            case SAME -> values;
        };
    }

    private static String figure(Metric metric, long value) {
        return switch (metric) {
            case TIME -> String.format(Locale.ROOT, value < 9_950_000 ? "%.1f ms" : "%.0f ms", value / 1e6);
            case BYTES -> String.format(Locale.ROOT, "%.1f", value / 1e3);
            case MEMORY, HEAP -> String.format(Locale.ROOT, "%.0f MB", value / 1048576.0);
            case STATEMENTS, ROWS -> Long.toString(value);
        };
    }

    private static void findings(StringBuilder text, String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        text.append("\n**").append(title).append("**\n");
        for (Finding each : findings) {
            text.append("- ").append(each.evidence().word()).append(": ").append(title(each));
            text.append(" in ").append(code(each.operation()));
            if (each.callSite() != null) {
                text.append(", ").append(code(each.callSite().place()));
            }
            text.append(" (").append(each.id()).append(")\n");
        }
    }

    /** With the table that it is about where its own words name none: a route often has several of one check. */
    private static String title(Finding finding) {
        List<String> tables =
                finding.shapes().isEmpty() ? List.of() : finding.shapes().get(0).tables();
        boolean named = tables.stream().anyMatch(finding.title()::contains);
        return tables.isEmpty() || named ? plain(finding.title()) : code(tables.get(0)) + ": " + plain(finding.title());
    }

    /** Recorded text must not become Markdown or HTML of the pull request. */
    private static String code(String text) {
        return "`" + text.replace('`', '\'').replace('|', '¦').replaceAll("\\p{Cntrl}", " ") + "`";
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|!])", "\\\\$1");
    }
}
