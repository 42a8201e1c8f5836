package dev.headroom.core.report;

import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Fix;
import java.util.List;
import java.util.Locale;

/** A run's report as Markdown, for a pull request or a job's summary. */
public final class MarkdownReport {
    private static final int MAX_ROUTES = 20;

    private MarkdownReport() {}

    /** The report as GitHub-flavoured Markdown. */
    public static String render(RunReport report) {
        StringBuilder text = new StringBuilder("## Headroom\n\n");
        text.append(Figures.of(report.summary().requests(), "request", "requests"))
                .append(", ")
                .append(Figures.of(report.summary().total(), "statement", "statements"))
                .append(", ")
                .append(Figures.of(report.problems().size(), "problem", "problems"))
                .append(
                        report.notes().isEmpty()
                                ? ""
                                : ", " + Figures.of(report.notes().size(), "note", "notes"))
                .append(".\n\n");
        routes(report.summary().operations(), text);
        int number = 1;
        for (Finding finding : report.problems()) {
            finding(number++, finding, text);
        }
        if (!report.notes().isEmpty()) {
            text.append("\n<details><summary>Worth knowing</summary>\n\n");
            for (Finding note : report.notes()) {
                text.append("- ").append(escape(note.operation() + ": " + note.title()));
                text.append(" (")
                        .append(note.check())
                        .append(' ')
                        .append(note.id())
                        .append(")\n");
            }
            text.append("\n</details>\n");
        }
        text.append('\n');
        for (String line : CoverageText.lines(report)) {
            text.append(escape(line)).append("  \n");
        }
        return text.toString();
    }

    private static void routes(List<OperationSummary> operations, StringBuilder text) {
        if (operations.isEmpty()) {
            return;
        }
        text.append(
                "| route | requests | statements (median, max) | duplicates | rows | KB | p50 ms | p95 ms | in db |\n");
        text.append("|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        for (OperationSummary operation : operations.subList(0, Math.min(MAX_ROUTES, operations.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s, %s | %s | %s | %s | %s | %s | %s |\n",
                    escape(operation.operation()),
                    Figures.count(operation.requests()),
                    Figures.count(operation.statementsMedian()),
                    Figures.count(operation.statementsMax()),
                    Figures.count(Math.round(operation.duplicatesPerRequest())),
                    Figures.count(operation.rowsMedian()),
                    Figures.kilobytes(operation.bytesMedian()),
                    Figures.millis(operation.p50Nanos()),
                    Figures.millis(operation.p95Nanos()),
                    Figures.percent(operation.databaseShare())));
        }
    }

    private static void finding(int number, Finding finding, StringBuilder text) {
        text.append("\n### ").append(number).append(". ").append(escape(finding.operation() + ": " + finding.title()));
        text.append("\n\n**").append(finding.evidence().word()).append("** · ").append(finding.check());
        text.append(" `").append(finding.id()).append('`');
        String cost = FindingText.cost(finding);
        text.append(cost.isEmpty() ? "\n" : " · " + cost + "\n");
        if (!finding.shapes().isEmpty()) {
            text.append("\n```sql\n")
                    .append(TextLines.sql(finding.shapes().get(0).text(), 400))
                    .append("\n```\n");
        }
        text.append('\n');
        for (String line : finding.explanation()) {
            text.append("- ").append(escape(line)).append('\n');
        }
        if (finding.callSite() != null) {
            text.append("- at `").append(finding.callSite().place()).append("`\n");
        }
        for (Fix fix : finding.fixes()) {
            text.append("- fix, ")
                    .append(fix.framework().title())
                    .append(": ")
                    .append(escape(fix.text()))
                    .append('\n');
        }
        for (Finding consequence : finding.consequences()) {
            text.append("- also goes away: ")
                    .append(escape(consequence.title()))
                    .append('\n');
        }
    }

    /** Keeps text from being read as markup. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '&' -> escaped.append("&amp;");
                case '\n' -> escaped.append(' ');
                case '|', '*', '_', '`', '[', ']', '\\', '#' ->
                    escaped.append('\\').append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
