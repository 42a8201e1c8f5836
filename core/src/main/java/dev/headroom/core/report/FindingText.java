package dev.headroom.core.report;

import dev.headroom.core.check.Cost;
import dev.headroom.core.check.FailedQueryCheck;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Fix;
import dev.headroom.core.check.GrowthCheck;
import dev.headroom.core.check.RepeatedQueryCheck;
import dev.headroom.core.trace.CallSite;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One finding as lines of text. */
final class FindingText {
    private static final String INDENT = "    ";

    private final TextStyle style;

    FindingText(TextStyle style) {
        this.style = style;
    }

    List<String> lines(int number, Finding finding) {
        List<String> lines = new ArrayList<>();
        List<String> title = TextLines.wrap(finding.operation() + ": " + finding.title(), style.width() - 4);
        for (int i = 0; i < title.size(); i++) {
            lines.add((i == 0 ? TextLines.right(number + " ", 4) : INDENT) + style.bold(title.get(i)));
        }
        String check = " · " + finding.check() + " " + finding.id();
        String price = cost(finding);
        int length = INDENT.length() + finding.evidence().word().length() + check.length() + " · ".length();
        boolean fits = length + price.length() <= style.width();
        lines.add(INDENT
                + evidence(finding)
                + style.dim(check + (fits && !price.isEmpty() ? " · " : ""))
                + (fits ? price : ""));
        if (!fits) {
            lines.addAll(indented(price, 4));
        }
        if (!finding.shapes().isEmpty()) {
            lines.add(INDENT + TextLines.sql(finding.shapes().get(0).text(), style.width() - 4));
        }
        for (String line : finding.explanation()) {
            lines.addAll(
                    line.startsWith(RepeatedQueryCheck.FED_BY)
                            ? List.of(INDENT
                                    + RepeatedQueryCheck.FED_BY
                                    + TextLines.sql(
                                            line.substring(RepeatedQueryCheck.FED_BY.length()),
                                            style.width() - 4 - RepeatedQueryCheck.FED_BY.length()))
                            : indented(line, 4));
        }
        CallSite site = finding.callSite();
        if (site != null) {
            lines.addAll(indented(
                    "at " + site.place() + (site.function().isEmpty() ? "" : " in " + site.function()) + relation(site),
                    4));
            for (String line : SourceLines.around(Path.of(""), site)) {
                lines.add("      " + style.dim(TextLines.fit(line, style.width() - 6)));
            }
        }
        for (Fix fix : finding.fixes()) {
            lines.addAll(fix(fix));
        }
        for (Finding consequence : finding.consequences()) {
            String cost = cost(consequence);
            lines.addAll(
                    indented("also goes away: " + consequence.title() + (cost.isEmpty() ? "" : " (" + cost + ")"), 4));
            if (consequence.check().equals(GrowthCheck.ID)) {
                consequence.explanation().forEach(line -> lines.addAll(indented(line, 6)));
            } else if (!consequence.shapes().isEmpty()) {
                lines.add("      " + TextLines.sql(consequence.shapes().get(0).text(), style.width() - 6));
            }
        }
        return lines;
    }

    private static String relation(CallSite site) {
        String of = site.relation() != null ? site.relation() : site.field();
        return of == null ? "" : " (" + of + ")";
    }

    private List<String> fix(Fix fix) {
        List<String> lines = new ArrayList<>();
        String label = "fix, " + fix.framework().title() + ": ";
        for (String line : TextLines.wrap(label + fix.text(), style.width() - 4)) {
            lines.add(INDENT + style.green(line));
        }
        if (fix.code() != null) {
            fix.code()
                    .lines()
                    .forEach(code -> TextLines.wrap(code.strip(), style.width() - 6)
                            .forEach(line -> lines.add("      " + line)));
        }
        return lines;
    }

    private List<String> indented(String text, int indent) {
        return TextLines.wrap(text, style.width() - indent).stream()
                .map(line -> " ".repeat(indent) + line)
                .toList();
    }

    private String evidence(Finding finding) {
        String word = finding.evidence().word();
        return switch (finding.evidence()) {
            case PROVEN -> style.red(word);
            case LIKELY -> style.yellow(word);
            case HINT -> word;
        };
    }

    /** What it costs a request, or each time where it belongs to none, as far as there is something to say. */
    static String cost(Finding finding) {
        Cost cost = finding.perRequest();
        List<String> parts = new ArrayList<>();
        if (cost.statements() > 0) {
            // not those that ran: one of a repeated query would be needed all the same
            parts.add(Figures.of(cost.statements(), "avoidable statement", "avoidable statements"));
        }
        if (cost.nanos() > 0) {
            parts.add(Figures.time(cost.nanos()));
        }
        if (cost.bytes() >= 1_000) {
            parts.add(Figures.size(cost.bytes()));
        }
        return parts.isEmpty()
                ? ""
                : String.join(", ", parts)
                        + (finding.operation().equals(FailedQueryCheck.OUTSIDE) ? " each time" : " a request");
    }
}
