package dev.headroom.cli.command;

import dev.headroom.cli.run.CallerEnvironment;
import dev.headroom.cli.run.Run;
import dev.headroom.cli.run.RunSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code headroom run}: starts an app and watches it. */
@Command(
        name = "run",
        description = {
            "Starts an app behind Headroom's proxies, records what it does, and reports when it ends.",
            "Without COMMAND: the web line of the Procfile, with .env read first."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        customSynopsis = "headroom run [OPTIONS] [--] COMMAND [ARGUMENT...]")
final class RunCommand implements Callable<Integer> {
    @Option(
            names = {"-p", "--port"},
            paramLabel = "N",
            description = "Port, 1 to 65535, to listen on in front of the app (default: the caller's PORT, else 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: 127.0.0.1; all addresses in a container where PORT is set).")
    private @Nullable String listen;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "File to record to (default: .headroom/<time>.headroom).")
    private @Nullable Path out;

    @Option(
            names = "--db",
            paramLabel = "VARIABLE|URL",
            description = "A database that is not found by itself: the variable that names it, NAME=URL, or a URL for"
                    + " DATABASE_URL. May be repeated.")
    private List<String> databases = new ArrayList<>();

    @Option(
            names = "--one-at-a-time",
            description = "Pass requests to the app singly, so that every statement finds its request.")
    private boolean oneAtATime;

    @Option(
            names = "--enforce-timeout",
            description = "Answer 503 where a hosting router would give up (30 s to the first byte, 55 s without one).")
    private boolean enforceTimeout;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "How long the app has to end when it is told to, our report included (default: 10s).")
    private Duration grace = Duration.ofSeconds(10);

    @Option(names = "--no-instrumentation", description = "Put nothing into the app: watch it from outside only.")
    private boolean noInstrumentation;

    @Option(
            names = "--no-db-stats",
            description = "Don't ask the database's catalogue how large its tables and their largest groups are.")
    private boolean noDatabaseStatistics;

    @Option(
            names = "--record-values",
            description =
                    "Record users' values, too: of each statement that reads, the slowest and the latest execution"
                            + " with what was bound. Lets the page run it for real (EXPLAIN ANALYZE).")
    private boolean recordValues;

    @Option(
            names = "--page-port",
            paramLabel = "N",
            description = "Port of the page (default: 4777 or, where that is taken, any).")
    private @Nullable Integer pagePort;

    @Option(names = "--no-page", description = "Serve no page.")
    private boolean noPage;

    @Option(
            names = "--page-path",
            paramLabel = "PATH",
            description = "Lead this path of the app's port to the page as well, for platforms with one port; a token"
                    + " is added where PATH ends in none, such as /-/headroom.")
    private @Nullable String pagePath;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command that starts the app.")
    private List<String> command = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
        int frontPort = PortOption.checked("--port", port, commandLine);
        int usedPagePort = PortOption.checked("--page-port", pagePort, commandLine);
        if (pagePath != null && noPage) {
            throw new ParameterException(
                    commandLine, "--page-path leads to the page, which --no-page leaves out: give one of them only");
        }
        RunSettings settings = new RunSettings(
                command,
                frontPort,
                listen,
                out,
                oneAtATime,
                enforceTimeout,
                grace,
                databases,
                !noInstrumentation,
                !noDatabaseStatistics,
                recordValues,
                noPage ? -1 : usedPagePort,
                pagePath);
        return new Run(settings, CallerEnvironment.of(System.getenv()), System.out, System.err).call();
    }
}
