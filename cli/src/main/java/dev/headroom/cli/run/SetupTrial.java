package dev.headroom.cli.run;

import dev.headroom.cli.process.AppProcess;
import dev.headroom.cli.process.Signals;
import dev.headroom.cli.setup.SetupFacts;
import dev.headroom.cli.setup.SetupFacts.Answer;
import dev.headroom.cli.sidechannel.InstrumentationFacts;
import dev.headroom.cli.sidechannel.PythonCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts an app as {@code headroom run} would, asks it a few harmless requests, looks at what went through the proxies
 * and what passed them by, and ends it. Records nothing.
 */
public final class SetupTrial {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** How long a pool may take to open its first connection after the last request. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private static final long STEP_MILLIS = 50;
    private static final long UNSTATED_MILLIS = 5;
    private static final int INTERRUPTED = 130;

    private final RunSettings settings;
    private final List<String> paths;
    private final Duration timeout;
    private final Map<String, String> environment;
    private final Messages messages;
    private final PrintStream err;

    /**
     * Prepares one.
     *
     * @param command what starts the app; empty for the Procfile's web line
     * @param databases as {@code --db} takes them
     * @param instrument whether instrumentation is put into the app
     * @param paths what to ask for by GET
     * @param timeout how long the app may take to listen, or a job to end
     * @param environment the caller's
     * @param err takes the app's output and what the user should know meanwhile
     */
    public SetupTrial(
            List<String> command,
            List<String> databases,
            boolean instrument,
            List<String> paths,
            Duration timeout,
            Map<String, String> environment,
            PrintStream err) {
        this.settings = RunSettings.trial(command, databases, instrument);
        this.paths = List.copyOf(paths);
        this.timeout = timeout;
        this.environment = new TreeMap<>(environment);
        this.messages = new Messages(err);
        this.err = err;
    }

    /**
     * Tries it.
     *
     * @throws CannotRunException if it can't begin, or Ctrl-C or SIGTERM ended it
     */
    public SetupFacts call() throws InterruptedException {
        List<String> command = AppCommand.of(settings.command(), environment, messages::say);
        Front front = Front.choose(settings, environment, messages::say);
        TrialSink sink = new TrialSink();
        try (Interception around = Interception.open(settings, command, environment, front, null, sink, messages);
                TrialWatch watch = new TrialWatch()) {
            AppProcess app = AppProcess.start(around.arguments(), around.appEnvironment(), err);
            around.watchdog().watch(List.of(app.pid()));
            Ending ending = new Ending(app, settings.grace(), around::awaitTold);
            CompletableFuture<String> interrupted = new CompletableFuture<>();
            Signals.handle(name -> {
                if (name.equals("INT") || name.equals("TERM")) {
                    interrupted.complete(name);
                }
                ending.signalled(name, false);
            });
            try {
                watch.start(app.tree());
                return watched(app, around, watch, sink, interrupted);
            } finally {
                end(app, ending);
                around.watchdog().rest();
            }
        }
    }

    @SuppressWarnings("try") // the look at the ports works by itself
    private SetupFacts watched(
            AppProcess app,
            Interception around,
            TrialWatch watch,
            TrialSink sink,
            CompletableFuture<String> interrupted)
            throws InterruptedException {
        long started = System.nanoTime();
        CompletableFuture<String> listening = new CompletableFuture<>();
        List<Answer> answers = new ArrayList<>();
        try (AppWatch ports =
                AppWatch.start(around.appPort(), app.tree(), around.appAddress(), found(around, listening))) {
            String listensOn = awaitListening(app, listening, started);
            around.watchdog().watch(app.tree().pids());
            if (listensOn != null) {
                for (String path : paths) {
                    answers.add(ask(around.frontPort(), path));
                    watch.look(app.tree());
                }
                settle(app, sink, watch);
            }
            if (interrupted.isDone()) {
                throw new CannotRunException(INTERRUPTED, "interrupted before the app was tried to the end");
            }
            awaitStated(sink);
            return facts(app, around, sink, watch, listensOn, answers, (System.nanoTime() - started) / 1e9);
        }
    }

    private AppWatch.Listener found(Interception around, CompletableFuture<String> listening) {
        return new AppWatch.Listener() {
            @Override
            public void listening() {
                listening.complete("port " + around.appPort());
            }

            @Override
            public void listeningElsewhere(String where) {
                listening.complete(where);
            }

            @Override
            public void unreachable(String text) {
                messages.say(text);
            }
        };
    }

    /** Where it listens; null if the app ended, or the time was over, before it did. */
    private @Nullable String awaitListening(AppProcess app, CompletableFuture<String> listening, long started)
            throws InterruptedException {
        while (app.alive() && System.nanoTime() - started < timeout.toNanos()) {
            try {
                return listening.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // not yet
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    private static void settle(AppProcess app, TrialSink sink, TrialWatch watch) throws InterruptedException {
        long until = System.nanoTime() + SETTLING.toNanos();
        while (app.alive() && sink.connections() == 0 && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
        watch.look(app.tree());
    }

    /** What passed until now is counted. */
    private static void awaitStated(TrialSink sink) throws InterruptedException {
        long now = System.nanoTime();
        while (!sink.stated(now) && System.nanoTime() - now < SETTLING.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(UNSTATED_MILLIS);
        }
    }

    private static Answer ask(int port, String path) {
        long start = System.nanoTime();
        int status = 0;
        boolean byApp = false;
        try {
            URI uri = URI.create("http://127.0.0.1:" + port + path);
            HttpURLConnection request = (HttpURLConnection) uri.toURL().openConnection();
            request.setInstanceFollowRedirects(false);
            request.setConnectTimeout((int) ANSWER.toMillis());
            request.setReadTimeout((int) ANSWER.toMillis());
            request.setRequestProperty("User-Agent", "headroom doctor-setup");
            status = request.getResponseCode();
            InputStream body = status >= 400 ? request.getErrorStream() : request.getInputStream();
            byApp = status < 500 || body == null || !begin(body).startsWith("Headroom: ");
            request.disconnect();
        } catch (IOException e) {
            // no answer, or none in time
            byApp = status != 0;
        }
        return new Answer(path, status, byApp, (System.nanoTime() - start) / 1_000_000);
    }

    private static String begin(InputStream body) throws IOException {
        try (body) {
            return new String(body.readNBytes(64), StandardCharsets.UTF_8);
        }
    }

    private SetupFacts facts(
            AppProcess app,
            Interception around,
            TrialSink sink,
            TrialWatch watch,
            @Nullable String listensOn,
            List<Answer> answers,
            double seconds) {
        InstrumentationFacts told = around.instrumentation().facts();
        DatabaseServers servers = new DatabaseServers(around.databases().servers());
        int proxied = sink.connections();
        List<String> vendors = told == null ? List.of() : told.databases();
        boolean postgres = vendors.contains("postgresql");
        return new SetupFacts(
                around.rewritten().rewritten(),
                around.rewritten().notes(),
                around.appPort(),
                listensOn,
                app.exitStatus(),
                seconds,
                answers,
                proxied,
                sink.meter().counters().statements(),
                watch.passedBy(servers, around.databases(), proxied > 0),
                watch.sqliteFiles(),
                vendors.stream().filter(each -> !each.equals("postgresql")).toList(),
                postgres,
                sink.troubles(),
                PythonCommand.is(around.arguments(), around.appEnvironment().getOrDefault("PATH", "")),
                PythonCommand.isolation(around.arguments()),
                told != null,
                told == null ? 0 : told.hellos(),
                Files.isReadable(Path.of("/proc/net/tcp")));
    }

    private void end(AppProcess app, Ending ending) throws InterruptedException {
        if (app.alive()) {
            ending.signalled("TERM", false);
            app.await();
        }
        app.endTree(Duration.ZERO, ending::timeLeft);
    }
}
