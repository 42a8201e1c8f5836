package dev.headroom.cli.run;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.capture.Capture;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.report.Unrecorded;
import dev.headroom.proxy.http.PagePath;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingStatus;
import dev.headroom.server.recording.RecordingWriter;
import dev.headroom.server.recording.Recordings;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * One run: proxies, recording and doctor around an app, from its start to its report. What the user should know while
 * it runs goes to {@code err}, the report to {@code out}.
 */
public final class Run implements Callable<Integer> {
    /** What capture may keep waiting, of a heap of 64 MB. */
    private static final long CAPTURE_BYTES = 24L << 20;

    private static final int ATTEMPTS = 10;

    private final RunSettings settings;
    private final Map<String, String> environment;
    private final Messages messages;
    private final PrintStream out;

    /**
     * Prepares one.
     *
     * @param environment the caller's
     */
    public Run(RunSettings settings, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.environment = new TreeMap<>(environment);
        this.messages = new Messages(err);
        this.out = out;
    }

    /** Runs the app to its end, prints the report, and returns the app's exit status. */
    @Override
    public Integer call() throws InterruptedException {
        List<String> command = AppCommand.of(settings.command(), environment, messages::say);
        Front front = Front.choose(settings, environment, messages::say);
        HeadroomToml configuration = HeadroomToml.read(Path.of(HeadroomToml.NAME));
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        UnstartedRecording unstarted = UnstartedRecording.of(this::create);
        RecordingWriter recording = unstarted.recording();
        Path file = recording.file();
        if (settings.recordValues()) {
            messages.say("--record-values: users' values are written into " + file
                    + ", which only you can read; think before you give it away");
        }
        AppEnd end;
        LivePlans plans = new LivePlans();
        try (unstarted;
                recording;
                RunPage page = RunPage.serve(settings, file, configuration, plans, messages)) {
            end = run(command, front, page, recording, reporter, plans, unstarted);
        }
        RecordingStatus written = recording.status();
        messages.recording(written);
        RunReport report = reporter.report(configuration.silences(), LocalDate.now(ZoneId.systemDefault()))
                .lacking(new Unrecorded(written.lostRequests(), written.lostQueries(), false));
        String explained = end.explained(report);
        if (explained != null) {
            messages.say(explained);
        }
        new EndReport(out, environment).print(report, file);
        return end.status();
    }

    private AppEnd run(
            List<String> command,
            Front front,
            RunPage page,
            RecordingWriter recording,
            RunReporter reporter,
            LivePlans plans,
            UnstartedRecording unstarted)
            throws InterruptedException {
        PagePath path = page.path(settings.pagePath());
        Capture capture = Capture.start(RunFacts.of(command), List.of(recording, reporter), CAPTURE_BYTES);
        AppEnd end;
        try (capture;
                Interception around =
                        Interception.open(settings, command, environment, front, path, capture.sink(), messages)) {
            plans.through(around.plans());
            page.announce();
            messages.started(
                    front.address().getAddress(),
                    around.frontPort(),
                    around.appPort(),
                    recording.file(),
                    around.rewritten());
            if (path != null) {
                messages.say("the page is also at " + path.path() + "/ of every address that leads to the app");
            }
            end = new Supervision(settings.grace(), capture.sink(), around, messages).run(unstarted::started);
            messages.unkeptValues(around.unkeptValues());
            around.instrumentation().ended(around.arguments(), around.appEnvironment());
        }
        capture.failures().forEach(messages::say);
        return end;
    }

    private RecordingWriter create() {
        try {
            Path named = settings.recording();
            if (named != null) {
                return RecordingWriter.create(named, RecordingSettings.defaults());
            }
            return createNext(ATTEMPTS);
        } catch (HeadroomException e) {
            throw new CannotRunException(ExitStatus.CANNOT_CREATE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Another run that started at the same moment may have been quicker to take the name. */
    private static RecordingWriter createNext(int attempts) {
        Path next = Recordings.next(Path.of(""), Instant.now());
        try {
            return RecordingWriter.create(next, RecordingSettings.defaults());
        } catch (HeadroomException e) {
            if (attempts > 1 && e.getCause() instanceof FileAlreadyExistsException) {
                return createNext(attempts - 1);
            }
            throw e;
        }
    }
}
