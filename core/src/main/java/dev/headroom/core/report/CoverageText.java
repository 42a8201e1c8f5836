package dev.headroom.core.report;

import dev.headroom.core.check.CheckCoverage;
import dev.headroom.core.check.Finding;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CaptureCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was seen and what was not: a report without findings must not look clean where nothing could be judged. */
final class CoverageText {
    private CoverageText() {}

    static List<String> lines(RunReport report) {
        List<String> lines = new ArrayList<>();
        Summary summary = report.summary();
        lines.add("Seen: " + statements(summary) + ".");
        List<String> lost = lost(summary);
        addUnrecorded(lost, report.unrecorded());
        if (askedForNone(summary) && summary.counters().uninterpretedConnections() == 0) {
            lines.add(
                    "Not seen: any " + (summary.requests() == 0 ? "request, nor any " : "") + "statement, since the app"
                            + " opened no connection to a database through Headroom. Whatever else it asked of one is missing,"
                            + " and no check could judge.");
            if (!lost.isEmpty()) {
                lines.add("Not seen either: " + String.join(", ", lost) + ".");
            }
            addSilentJvms(lines, summary.jvm());
            return lines;
        }
        lines.add("Not seen: " + (lost.isEmpty() ? "nothing that we know of" : String.join(", ", lost)) + ".");
        addSilentJvms(lines, summary.jvm());
        long toldOfNone = summary.counters().toldOfNoRequest();
        if (toldOfNone > 0) {
            lines.add("Placed by time alone: " + Figures.of(toldOfNone, "statement", "statements")
                    + " that the app itself told of while requests ran, since Headroom's instrumentation had seen no"
                    + " request begin in it: a server that it doesn't know.");
        }
        if (unattributed(summary) > 0) {
            lines.add("Requests overlapped: run with --one-at-a-time to see whose those statements are.");
        }
        lines.add("Checks: " + checks(report) + ".");
        return lines;
    }

    private static void addUnrecorded(List<String> lost, Unrecorded unrecorded) {
        if (unrecorded.end()) {
            lost.add("the end of the run, which goes on, was killed or could not be written to its end");
        }
        List<String> parts = new ArrayList<>();
        add(parts, unrecorded.requests(), "request", "requests");
        add(parts, unrecorded.statements(), "statement", "statements");
        if (!parts.isEmpty()) {
            lost.add("in the recording " + String.join(" and ", parts)
                    + " that could not be written (this report counts them)");
        }
    }

    private static void addSilentJvms(List<String> lines, @Nullable JvmSummary jvm) {
        if (jvm != null && jvm.silent() > 0) {
            lines.add("Not known: the heap of " + Figures.of(jvm.silent(), "Java process", "Java processes") + " that "
                    + (jvm.silent() == 1 ? "tells" : "tell") + " nothing of it (-XX:-UsePerfData, or out of reach).");
        }
    }

    /** What is known to be missing, and how much of it. */
    static List<String> lost(Summary summary) {
        CaptureCounters counters = summary.counters();
        List<String> lost = new ArrayList<>();
        add(lost, counters.droppedRequests(), "request lost", "requests lost");
        add(lost, counters.droppedQueries(), "statement lost", "statements lost");
        add(
                lost,
                counters.shedDetails(),
                "statement without its values (more than Headroom keeps, or of a function call)",
                "statements without their values (more than Headroom keeps, or of function calls)");
        add(lost, counters.truncatedShapes(), "statement too long to read whole", "statements too long to read whole");
        if (summary.failedConnections() > 0) {
            lost.add("what " + Figures.of(summary.failedConnections(), "failed connection", "failed connections")
                    + " to the database would have asked");
        }
        add(lost, counters.uninterpretedConnections(), "connection passed on unread", "connections passed on unread");
        add(
                lost,
                counters.unreadableResponses(),
                "text response in an encoding that can't be read",
                "text responses in an encoding that can't be read");
        add(
                lost,
                counters.unreadResponses(),
                "text response not read whole (too large, or too many at once)",
                "text responses not read whole (too large, or too many at once)");
        add(lost, unattributed(summary), "statement of no known request", "statements of no known request");
        add(
                lost,
                summary.withoutLine(),
                "request's statement without its line of code",
                "requests' statements without their lines of code");
        return lost;
    }

    /** What a table of routes leaves out, since it can be any request's; empty where it leaves out nothing. */
    static String leftOut(Summary summary) {
        long count = summary.requests() == 0 ? 0 : unattributed(summary);
        return count == 0
                ? ""
                : "Without " + Figures.of(count, "statement", "statements")
                        + " of no known request, so statements, rows and KB are too low where requests overlapped.";
    }

    private static long unattributed(Summary summary) {
        return summary.statements().getOrDefault(Attribution.UNATTRIBUTED, 0L);
    }

    /** Whether requests came, and not even a connection that failed: the app may reach a database by a way of its own. */
    static boolean sawNoDatabase(Summary summary) {
        return summary.requests() > 0 && askedForNone(summary);
    }

    /** Whether the app asked for connections and got none. */
    static boolean gotNoDatabase(Summary summary) {
        return reachedNone(summary) && summary.failedConnections() > 0;
    }

    private static boolean askedForNone(Summary summary) {
        return reachedNone(summary) && summary.failedConnections() == 0;
    }

    private static boolean reachedNone(Summary summary) {
        return summary.total() == 0 && summary.connections() == 0;
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

    /** What each check found or could not judge; those of which there is nothing more to say in one part. */
    private static String checks(RunReport report) {
        List<String> clean = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (CheckCoverage coverage : report.coverage()) {
            long found = found(report.findings(), coverage.check());
            if (coverage.couldNot() > 0) {
                parts.add(coverage.check() + (found > 0 ? " found " + Figures.count(found) + " and" : "")
                        + " could not judge " + Figures.count(coverage.couldNot()) + " (" + coverage.reason() + ")");
            } else if (found > 0) {
                parts.add(coverage.check() + " found " + Figures.count(found));
            } else {
                (coverage.judged() == 0 ? idle : clean).add(coverage.check());
            }
        }
        if (parts.isEmpty() && clean.isEmpty()) {
            return "no check had anything to judge";
        }
        if (!clean.isEmpty()) {
            parts.add("nothing found by " + listed(clean));
        }
        if (!idle.isEmpty()) {
            parts.add(listed(idle) + " had nothing to judge");
        }
        return String.join("; ", parts);
    }

    /** Those that go away with others included. */
    private static long found(List<Finding> findings, String check) {
        return findings.stream()
                .mapToLong(finding -> (finding.check().equals(check) ? 1 : 0) + found(finding.consequences(), check))
                .sum();
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
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
