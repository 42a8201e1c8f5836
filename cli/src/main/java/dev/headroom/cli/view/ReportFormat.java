package dev.headroom.cli.view;

import dev.headroom.core.check.Evidence;
import dev.headroom.core.report.Baseline;
import dev.headroom.core.report.Gate;
import dev.headroom.core.report.GateResult;
import dev.headroom.core.report.GitHubAnnotations;
import dev.headroom.core.report.JUnitReport;
import dev.headroom.core.report.JsonReport;
import dev.headroom.core.report.MarkdownReport;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.SarifReport;
import dev.headroom.core.report.TextReport;
import dev.headroom.core.report.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a report can be printed as. */
public enum ReportFormat {
    TEXT,
    JSON,
    SARIF,
    JUNIT,
    MARKDOWN,
    GITHUB,
    BASELINE;

    /** The name that users type. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(ReportFormat::word).collect(Collectors.joining(", "));
    }

    /** The report in this format, judged by the evidence that {@code headroom check} fails on by default. */
    public String render(RunReport report, TextStyle style) {
        return render(report, new Gate(List.of(), Evidence.LIKELY, Set.of()).judge(report), style);
    }

    /** The report in this format; the formats that can't show {@code result} leave it out. */
    public String render(RunReport report, GateResult result, TextStyle style) {
        return switch (this) {
            case TEXT -> new TextReport(style).render(report);
            case JSON -> JsonReport.render(report);
            case SARIF -> SarifReport.render(report);
            case JUNIT -> JUnitReport.render(report, result);
            case MARKDOWN -> MarkdownReport.render(report);
            case GITHUB -> GitHubAnnotations.render(report);
            case BASELINE -> Baseline.of(report).json();
        };
    }
}
