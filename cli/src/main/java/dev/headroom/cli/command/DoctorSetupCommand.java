package dev.headroom.cli.command;

import dev.headroom.cli.run.CallerEnvironment;
import dev.headroom.cli.run.ExitStatus;
import dev.headroom.cli.run.SetupTrial;
import dev.headroom.cli.setup.SetupDiagnosis;
import dev.headroom.cli.setup.SetupFacts;
import dev.headroom.cli.setup.SetupFinding;
import dev.headroom.cli.setup.SetupFinding.Level;
import dev.headroom.cli.setup.SetupReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom doctor-setup}: tries whether an app is intercepted. */
@Command(
        name = "doctor-setup",
        description = {
            "Starts an app as run would, asks it for a page, and says what was intercepted and what wasn't.",
            "Ends the app again. Exit status: 0 all that was found is intercepted, 1 something is missed,"
                    + " 69 the app could not be tried."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "headroom doctor-setup [OPTIONS] [--] COMMAND [ARGUMENT...]")
final class DoctorSetupCommand implements Callable<Integer> {
    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "A page to ask for by GET, besides /. May be repeated.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long the app may take to listen, or a job to end (default: 30s).")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(names = "--db", paramLabel = "VARIABLE|URL", description = "As for run.")
    private List<String> databases = new ArrayList<>();

    @Option(names = "--no-instrumentation", description = "As for run.")
    private boolean noInstrumentation;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command that starts the app.")
    private List<String> command = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<String> asked = new ArrayList<>(List.of("/"));
        for (String path : paths) {
            if (!path.matches("/[\\x21-\\x7e]*")) {
                throw new ParameterException(
                        Objects.requireNonNull(spec).commandLine(),
                        "--path " + path + ": a path starts with / and holds no space, e.g. /api/orders?page=1");
            }
            asked.add(path);
        }
        SetupFacts facts = new SetupTrial(
                        command,
                        databases,
                        !noInstrumentation,
                        asked,
                        timeout,
                        CallerEnvironment.of(System.getenv()),
                        System.err)
                .call();
        List<SetupFinding> findings = SetupDiagnosis.of(facts);
        System.out.print(json ? SetupReport.json(findings) : SetupReport.text(findings));
        System.out.flush();
        if (SetupDiagnosis.complete(findings)) {
            return ExitStatus.OK;
        }
        boolean missed = findings.stream().anyMatch(finding -> finding.level() == Level.MISSED);
        return missed ? ExitStatus.FOUND : ExitStatus.UNAVAILABLE;
    }
}
