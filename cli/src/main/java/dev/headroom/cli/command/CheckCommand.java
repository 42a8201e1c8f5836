package dev.headroom.cli.command;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.cli.run.ExitStatus;
import dev.headroom.cli.view.RecordedReport;
import dev.headroom.core.check.Budget;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.report.Gate;
import dev.headroom.core.report.GateResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
            description = "Only problems of these checks fail, as in repeated-query (default: all).")
    private Set<String> checks = new LinkedHashSet<>();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = HeadroomToml.NAME,
            description = "Budgets and what is silenced (default: headroom.toml here).")
    private Path config = Path.of(HeadroomToml.NAME);

    @Override
    public Integer call() {
        HeadroomToml configuration = HeadroomToml.read(config);
        List<Budget> all = new ArrayList<>(configuration.budgets());
        all.addAll(budgets);
        Evidence least = failOn == null && all.isEmpty() ? Evidence.LIKELY : failOn;
        GateResult result = new Gate(all, least, checks).judge(RecordedReport.of(recording.path(), configuration));
        System.out.print(result.render());
        System.out.flush();
        return result.passed() ? ExitStatus.OK : ExitStatus.FOUND;
    }
}
