package dev.headroom.cli.demo;

import dev.headroom.cli.output.StandardOutput;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.JsonReport;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.report.TextReport;
import dev.headroom.core.report.TextStyle;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the example's three stages under {@code headroom run} and shows what changed. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the example app in three stages over a PostgreSQL of its own and shows what Headroom saw.",
            "Takes under a minute once built; leaves nothing behind but the recordings, if --keep names a folder."
        })
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "12",
            description = "Requests a page and stage (${DEFAULT-VALUE}).")
    private int requests = 12;

    @Option(names = "--keep", paramLabel = "FOLDER", description = "Keep the recordings there.")
    private @Nullable Path keep;

    @Option(names = "--django", description = "Run the example on Django instead of the one on Spring Boot.")
    private boolean django;

    @Option(names = "--json", description = "Print the three reports as one JSON object instead.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (requests < 1) {
            throw new HeadroomException("--requests must be at least 1: " + requests);
        }
        DemoApplication application = django ? new OrdersOnDjango(home()) : new OrdersOnSpring(home());
        if (!application.missing().isEmpty()) {
            throw new HeadroomException(application.missing());
        }
        boolean terminal = StandardOutput.terminal();
        try (Cleanup cleanup = new Cleanup()) {
            Path folder = recordings(cleanup);
            Map<String, Path> recordings;
            int all = requests * DemoRun.STAGES.size() * DemoRun.PATHS.size();
            try (DemoProgress progress = new DemoProgress(all, terminal)) {
                recordings = DemoRun.run(application, folder, requests, cleanup, progress);
            }
            print(application, reports(recordings), terminal);
        }
        return 0;
    }

    private Path recordings(Cleanup cleanup) throws IOException {
        Path kept = keep;
        if (kept != null) {
            return Files.createDirectories(kept.toAbsolutePath());
        }
        Path folder = Files.createTempDirectory("headroom-demo");
        cleanup.add(folder);
        return folder;
    }

    private static Map<String, RunReport> reports(Map<String, Path> recordings) {
        Map<String, RunReport> reports = new LinkedHashMap<>();
        recordings.forEach((stage, file) -> reports.put(stage, report(file)));
        return reports;
    }

    private static RunReport report(Path file) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(reporter);
        }
        return reporter.report(List.of(), LocalDate.now(ZoneId.systemDefault()));
    }

    private void print(DemoApplication application, Map<String, RunReport> reports, boolean terminal) {
        if (json) {
            // each report is a JSON object of its own, so joining them needs no writer
            System.out.println(reports.entrySet().stream()
                    .map(stage -> "\"" + stage.getKey() + "\": "
                            + JsonReport.render(stage.getValue()).strip())
                    .collect(Collectors.joining(",\n", "{", "}")));
            return;
        }
        System.out.println();
        System.out.println("The same pages in three stages (" + application.title() + "):");
        System.out.println();
        DemoTable.lines(reports).forEach(System.out::println);
        System.out.println();
        System.out.println("What Headroom says of the stage `before`:");
        System.out.println();
        RunReport before = reports.get("before");
        if (before != null) {
            System.out.print(new TextReport(TextStyle.of(terminal, System.getenv())).render(before));
        }
    }

    /** The checkout that our own classes were built in. */
    static Path home() {
        Path folder = JavaProgram.ownClasses().toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("examples"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new HeadroomException("the demo needs a checkout of Headroom with its examples; there is none around "
                    + JavaProgram.ownClasses() + ": run ./headroom demo there");
        }
        return folder;
    }
}
