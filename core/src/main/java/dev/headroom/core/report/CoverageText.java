package dev.headroom.core.report;

import dev.headroom.core.check.CheckCoverage;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CaptureCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was seen and what was not: a report without findings must not look clean where nothing could be judged. */
final class CoverageText {
    private CoverageText() {}

    static List<String> lines(RunReport report) {
        List<String> lines = new ArrayList<>();
        Summary summary = report.summary();
        lines.add("Seen: " + statements(summary) + ".");
        CaptureCounters counters = summary.counters();
        List<String> lost = new ArrayList<>();
        add(lost, counters.droppedRequests(), "request lost", "requests lost");
        add(lost, counters.droppedQueries(), "statement lost", "statements lost");
        add(
                lost,
                counters.shedDetails(),
                "statement without its values (more than Headroom keeps)",
                "statements without their values (more than Headroom keeps)");
        add(lost, counters.truncatedShapes(), "statement too long to read whole", "statements too long to read whole");
        add(lost, counters.uninterpretedConnections(), "connection passed on unread", "connections passed on unread");
        long unattributed = summary.statements().getOrDefault(Attribution.UNATTRIBUTED, 0L);
        add(lost, unattributed, "statement of no known request", "statements of no known request");
        if (sawNoDatabase(summary)) {
            lines.add("Not seen: any statement, since the app opened no connection to a database through Headroom."
                    + " Whatever else it asked of one is missing, and no check could judge.");
            return lines;
        }
        lines.add("Not seen: " + (lost.isEmpty() ? "nothing that we know of" : String.join(", ", lost)) + ".");
        JvmSummary jvm = summary.jvm();
        if (jvm != null && jvm.silent() > 0) {
            lines.add("Not known: the heap of " + Figures.of(jvm.silent(), "Java process", "Java processes") + " that "
                    + (jvm.silent() == 1 ? "tells" : "tell") + " nothing of it (-XX:-UsePerfData, or out of reach).");
        }
        if (unattributed > 0) {
            lines.add("Requests overlapped: run with --one-at-a-time to see whose those statements are.");
        }
        lines.add("Checks: " + checks(report) + ".");
        return lines;
    }

    /** Whether requests came, and not even a connection: the app may reach a database by a way of its own. */
    static boolean sawNoDatabase(Summary summary) {
        return summary.requests() > 0 && summary.total() == 0 && summary.connections() == 0;
    }

    private static String statements(Summary summary) {
        Map<Attribution, Long> by = summary.statements();
        List<String> parts = new ArrayList<>();
        add(parts, by, Attribution.EXACT, "told by the app itself");
        add(parts, by, Attribution.LIKELY_ALONE, "tied to the one request in flight (likely)");
        add(parts, by, Attribution.SET_UP, "of connection set-up");
        add(parts, by, Attribution.BACKGROUND, "while no request ran");
        String all = Figures.of(summary.total(), "statement", "statements");
        String control = summary.setUpAndControl() == 0
                ? ""
                : ", and " + Figures.count(summary.setUpAndControl()) + " BEGIN, COMMIT, SET and the like";
        return all + (parts.isEmpty() ? "" : ": " + String.join(", ", parts)) + control;
    }

    private static String checks(RunReport report) {
        List<String> clean = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (CheckCoverage coverage : report.coverage()) {
            long found = report.findings().stream()
                    .filter(finding -> finding.check().equals(coverage.check()))
                    .count();
            if (coverage.couldNot() > 0) {
                parts.add(coverage.check() + " could not judge " + Figures.count(coverage.couldNot()) + " ("
                        + coverage.reason() + ")");
            } else if (coverage.judged() == 0) {
                idle.add(coverage.check());
            } else if (found == 0) {
                clean.add(coverage.check());
            } else {
                parts.add(coverage.check() + " found " + Figures.count(found));
            }
        }
        if (!clean.isEmpty()) {
            parts.add("nothing found by " + String.join(", ", clean));
        }
        if (!idle.isEmpty()) {
            parts.add(String.join(", ", idle) + " had nothing to judge");
        }
        return parts.isEmpty() ? "none" : String.join("; ", parts);
    }

    private static void add(List<String> parts, long number, String one, String several) {
        if (number > 0) {
            parts.add(Figures.of(number, one, several));
        }
    }

    private static void add(List<String> parts, Map<Attribution, Long> by, Attribution attribution, String words) {
        long number = by.getOrDefault(attribution, 0L);
        if (number > 0) {
            parts.add(Figures.count(number) + " " + words);
        }
    }
}
