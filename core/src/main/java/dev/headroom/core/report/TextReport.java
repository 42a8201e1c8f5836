package dev.headroom.core.report;

import dev.headroom.core.check.Cost;
import dev.headroom.core.check.Finding;
import dev.headroom.core.trace.RunInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run's report for a terminal: the answer and the table of routes first, then what was found in order of cost, last
 * what was not seen. Thread-safe.
 */
public final class TextReport {
    private static final int MAX_ROUTES = 8;
    private static final int MAX_GROUPS = 12;
    private static final int MAX_EVENTS = 6;
    private static final int MAX_FAILED = 5;
    private static final int WHOLE_PROBLEMS = 12;
    private static final int SHORT_FINDINGS = 10;

    private final TextStyle style;

    /** A report in the given style. */
    public TextReport(TextStyle style) {
        this.style = style;
    }

    /** The report as text, lines ended by a line feed. */
    public String render(RunReport report) {
        List<String> lines = new ArrayList<>();
        header(report, lines);
        if (!report.summary().operations().isEmpty()) {
            lines.add("");
            lines.addAll(new RouteTable(style).lines(report.summary().operations(), MAX_ROUTES));
            String leftOut = CoverageText.leftOut(report.summary());
            if (!leftOut.isEmpty()) {
                addWrapped(leftOut, lines);
            }
            failed(report.summary().operations(), lines);
        }
        JobSummary job = report.summary().job();
        if (job != null) {
            lines.add("");
            lines.addAll(new JobTable(style).lines(job, MAX_GROUPS));
        }
        findings(report, lines);
        events(report, lines);
        lines.add("");
        for (String line : CoverageText.lines(report)) {
            addWrapped(line, lines);
        }
        for (String warning : report.warnings()) {
            addWrapped("headroom.toml: " + warning, lines);
        }
        if (!report.silenced().isEmpty()) {
            addWrapped(Figures.of(report.silenced().size(), "finding is", "findings are") + " silenced.", lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private void header(RunReport report, List<String> lines) {
        RunInfo info = report.info();
        // an argument may have lines of its own, as a script has that follows -c
        String command = info == null ? "" : " · " + info.command().strip().replaceAll("\\s+", " ");
        String version = info == null ? "" : " " + info.headroomVersion();
        lines.add(style.bold(TextLines.fit("Headroom" + version + command, style.width())));
        Summary summary = report.summary();
        StringBuilder seen = new StringBuilder(Figures.of(summary.requests(), "request", "requests"))
                .append(", ")
                .append(Figures.of(summary.total(), "statement", "statements"))
                .append(" on ")
                .append(Figures.of(summary.connections(), "connection", "connections"));
        MemorySummary memory = summary.memory();
        if (memory != null && Math.max(memory.proportionalBytes(), memory.residentBytes()) > 0) {
            long peak = memory.proportionalBytes() > 0 ? memory.proportionalBytes() : memory.residentBytes();
            // what one look found says little of a peak
            seen.append(memory.samples() < 2 ? ", memory in its only sample " : ", memory peak ")
                    .append(Figures.memory(peak));
            if (memory.groupLimitBytes() > 0) {
                seen.append(" of ").append(Figures.memory(memory.groupLimitBytes()));
            }
            seen.append(heap(summary.jvm()));
        }
        addWrapped(seen.toString(), lines);
        for (String line : TextLines.wrap(answer(report), style.width())) {
            lines.add(style.bold(line));
        }
    }

    /** The peak of the heaps in use, or of what is committed where none says what it uses. */
    private static String heap(@Nullable JvmSummary jvm) {
        if (jvm == null || jvm.committedBytes() < 0) {
            return "";
        }
        boolean used = jvm.usedBytes() >= 0;
        String most = jvm.maxBytes() < 0 ? "" : " of " + Figures.memory(jvm.maxBytes());
        String size = Figures.memory(used ? jvm.usedBytes() : jvm.committedBytes());
        if (used && !most.isEmpty()) {
            size = size.replace(" MB", "");
        }
        return " (JVM heap " + size + (used ? "" : " committed") + most + ")";
    }

    /** The sentence for the reader who reads only one. */
    public static String answer(RunReport report) {
        JobSummary job = report.summary().job();
        if (job != null) {
            return "No request came through Headroom. What the command ran by itself: "
                    + Figures.of(job.statements(), "statement", "statements") + " of "
                    + Figures.of(job.shapes(), "shape", "shapes") + " in "
                    + Figures.of(job.transactions(), "transaction", "transactions") + ", "
                    + Figures.time(job.nanos()) + " in the database.";
        }
        if (report.summary().requests() == 0) {
            return "No request came through Headroom: send some to the port that it listens on.";
        }
        if (CoverageText.gotNoDatabase(report.summary())) {
            return "No statement was seen: "
                    + Figures.of(report.summary().failedConnections(), "connection", "connections")
                    + " to the database failed, and none succeeded.";
        }
        if (report.problems().isEmpty()) {
            return CoverageText.sawNoDatabase(report.summary())
                    ? "The app opened no database connection through Headroom. If a file names its PostgreSQL (.env,"
                            + " config/database.yml, …), give the address: --db URL sets DATABASE_URL for the app,"
                            + " --db NAME=URL another variable that it reads."
                    : report.summary().total() == 0 ? "No statement was seen." : "No problem found in what was seen.";
        }
        Map<String, Cost> saved = new HashMap<>();
        for (Finding finding : report.problems()) {
            saved.merge(finding.operation(), finding.totalWithConsequences(), Cost::plus);
        }
        OperationSummary worst = null;
        Cost most = Cost.ZERO;
        for (OperationSummary operation : report.summary().operations()) {
            Cost cost = saved.get(operation.operation());
            if (cost != null && (worst == null || cost.nanos() > most.nanos())) {
                worst = operation;
                most = cost;
            }
        }
        if (worst == null) {
            return Figures.of(report.problems().size(), "problem", "problems") + " found.";
        }
        Cost each = most.dividedBy(worst.requests());
        boolean alike = each.statements() < worst.statementsMedian();
        String runs = alike ? "" : "up to ";
        return worst.operation() + " runs " + runs
                + Figures.of(alike ? worst.statementsMedian() : worst.statementsMax(), "statement", "statements")
                + " a request; " + Figures.of(each.statements(), "is", "are") + " avoidable"
                + (alike ? " (" : " on average (") + Figures.time(each.nanos()) + " of its database time).";
    }

    private void findings(RunReport report, List<String> lines) {
        FindingText text = new FindingText(style);
        int number = 1;
        if (!report.problems().isEmpty()) {
            lines.add("");
            lines.add(style.bold(Figures.of(report.problems().size(), "problem", "problems") + ", the dearest first"));
            for (Finding finding : first(report.problems(), WHOLE_PROBLEMS)) {
                lines.add("");
                lines.addAll(text.lines(number++, finding));
            }
            inShort(report.problems().subList(number - 1, report.problems().size()), "Further problems", lines);
        }
        inShort(report.notes(), Figures.of(report.notes().size(), "note", "notes") + ", worth knowing", lines);
    }

    /** A sentence each for some, and of the rest how many they are: a list that nobody reads to its end hides its start. */
    private void inShort(List<Finding> findings, String title, List<String> lines) {
        if (findings.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.bold(title));
        for (Finding finding : first(findings, SHORT_FINDINGS)) {
            List<String> details = new ArrayList<>();
            if (!finding.shapes().isEmpty()) {
                details.add(TextLines.sql(finding.shapes().get(0).text(), 60));
            }
            String cost = FindingText.cost(finding);
            if (!cost.isEmpty()) {
                details.add(cost);
            }
            details.add(finding.check() + " " + finding.id());
            addWrapped(finding.operation() + ": " + finding.title() + " (" + String.join("; ", details) + ")", lines);
        }
        if (findings.size() > SHORT_FINDINGS) {
            Map<String, Integer> more = new LinkedHashMap<>();
            for (Finding finding : findings.subList(SHORT_FINDINGS, findings.size())) {
                more.merge(finding.check(), 1, Integer::sum);
            }
            List<String> counts = new ArrayList<>();
            more.forEach((check, count) -> counts.add(Figures.count(count) + " " + check));
            addWrapped(
                    "and " + Figures.count(findings.size() - SHORT_FINDINGS) + " more: " + String.join(", ", counts)
                            + " (all: headroom report --format markdown)",
                    lines);
        }
    }

    private static List<Finding> first(List<Finding> findings, int most) {
        return findings.subList(0, Math.min(most, findings.size()));
    }

    /** Statements and times of requests that failed are those of an answer that nobody wants. */
    private void failed(List<OperationSummary> operations, List<String> lines) {
        List<OperationSummary> failed =
                operations.stream().filter(each -> each.failed() > 0).toList();
        String named = failed.stream()
                .limit(MAX_FAILED)
                .map(each -> each.operation() + " (" + Figures.count(each.failed()) + " of "
                        + Figures.count(each.requests()) + ")")
                .collect(Collectors.joining(", "));
        if (!failed.isEmpty()) {
            String more = failed.size() > MAX_FAILED
                    ? " and " + Figures.of(failed.size() - MAX_FAILED, "route", "routes") + " more"
                    : "";
            addWrapped("Requests that failed (status 5xx, or no whole answer): " + named + more, lines);
        }
    }

    private void events(RunReport report, List<String> lines) {
        List<String> events = EventLines.of(report.summary(), MAX_EVENTS);
        if (!events.isEmpty()) {
            lines.add("");
            events.forEach(line -> addWrapped(line, lines));
        }
    }

    private void addWrapped(String text, List<String> lines) {
        lines.addAll(TextLines.wrap(text, style.width()));
    }
}
