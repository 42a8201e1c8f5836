package dev.headroom.cli.command;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.cli.run.ExitStatus;
import dev.headroom.cli.view.BaselineFile;
import dev.headroom.cli.view.RecordedReport;
import dev.headroom.cli.view.ReportFormat;
import dev.headroom.core.check.Budget;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.report.Baseline;
import dev.headroom.core.report.Gate;
import dev.headroom.core.report.GateResult;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.TextStyle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code headroom check}: passes or fails a recording, for CI. */
@Command(
        name = "check",
        description = {
            "Passes or fails a recording, for CI: exit status 0 if it passes, 1 if it doesn't.",
            "A budget whose route was never requested fails: nothing was tested."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    @ArgGroup
    private WhichRecording recording = new WhichRecording();

    @Option(
            names = "--max-queries",
            paramLabel = "ROUTE=N",
            converter = BudgetConverter.class,
            description = "The most statements that one request of a route may run, as in 'GET /api/orders=10';"
                    + " * stands for any characters. May be repeated, and adds to [budget] in headroom.toml.")
    private List<Budget> budgets = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "EVIDENCE",
            converter = EvidenceConverter.class,
            description = "Fail on problems that are at least so well known: proven, likely or hint.")
    private @Nullable Evidence failOn;

    @Option(
            names = "--check",
            paramLabel = "CHECK",
            split = ",",
            converter = CheckNameConverter.class,
            description = "Only problems of these checks fail, as in repeated-query (default: all).")
    private Set<String> checks = new LinkedHashSet<>();

    @Option(
            names = "--not-worse-than",
            paramLabel = "FILE",
            description = "Fail on what is worse than in this recording, or in its JSON (headroom report --format"
                    + " baseline).")
    private @Nullable Path baseline;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ReportFormatConverter.class,
            description = "Print the report as sarif, junit, markdown, github or json besides the verdict, which then"
                    + " goes to standard error.")
    private @Nullable ReportFormat format;

    @Mixin
    private ConfigurationOption configuration = new ConfigurationOption();

    @Override
    public Integer call() {
        HeadroomToml toml = configuration.read();
        List<Budget> all = new ArrayList<>(toml.budgets());
        all.addAll(budgets);
        Evidence least =
                failOn == null && (all.isEmpty() && baseline == null || !checks.isEmpty()) ? Evidence.LIKELY : failOn;
        RunReport report = RecordedReport.of(recording.path(), toml);
        GateResult result = new Gate(all, least, checks).judge(report);
        List<String> warnings = new ArrayList<>(report.warnings());
        if (baseline != null) {
            Baseline before = BaselineFile.read(baseline, toml);
            result = result.plus(before.judge(report));
            before.untested(report)
                    .forEach(route -> warnings.add("the baseline has " + route + ", of which no request was recorded"));
        }
        String verdict = result.render(report);
        if (format == null) {
            System.out.print(verdict);
        } else {
            System.out.print(format.render(report, result, TextStyle.PLAIN));
            System.err.print(verdict);
        }
        warnings.forEach(warning -> System.err.println("headroom check: warning: " + warning));
        System.out.flush();
        return result.passed() ? ExitStatus.OK : ExitStatus.FOUND;
    }
}
