package dev.headroom.cli.run;

import dev.headroom.cli.process.AppProcess;
import dev.headroom.cli.process.Signals;
import dev.headroom.cli.process.Watchdog;
import dev.headroom.cli.sample.ListeningPorts;
import dev.headroom.cli.sample.MemorySampler;
import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Event;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Starts the app, watches its processes, passes signals on, and waits for its end. */
final class Supervision {
    private static final int SIGNAL_BASE = 128;
    private static final Duration EARLY = Duration.ofSeconds(20);
    /** How long its processes may take to end after the app: after a signal from others longer, since they may have got it, too. */
    private static final Duration TO_END = Duration.ofSeconds(1);

    private static final Duration TO_END_AFTER_A_SIGNAL = Duration.ofSeconds(3);

    private final Duration grace;
    private final CaptureSink sink;
    private final Interception around;
    private final Messages messages;
    private final AtomicBoolean listened = new AtomicBoolean();

    Supervision(Duration grace, CaptureSink sink, Interception around, Messages messages) {
        this.grace = grace;
        this.sink = sink;
        this.around = around;
        this.messages = messages;
    }

    /**
     * Runs the app to its end and returns how that was.
     *
     * @param begun called once the app was started
     */
    @SuppressWarnings("try") // the sampler and the watch work by themselves
    AppEnd run(Runnable begun) throws InterruptedException {
        Watchdog watchdog = around.watchdog();
        // before the app exists: from its first moment on, a signal to us is a signal to it
        CompletableFuture<Ending> there = new CompletableFuture<>();
        Set<Long> before = children();
        Signals.handle(name -> {
            // an app that exists was reached by its terminal, however much of its start is still to be done here
            boolean early = !there.isDone() && before.containsAll(children());
            there.join().signalled(name, early);
        });
        long killsBefore = MemorySampler.groupKills();
        long started = System.nanoTime();
        AppProcess app = AppProcess.start(around.arguments(), around.appEnvironment());
        begun.run();
        watchdog.watch(List.of(app.pid()));
        happened(Event.Kind.APP_STARTED, "the app was started");
        Ending ending = new Ending(app, grace, around::awaitTold);
        there.complete(ending);
        int status;
        try (MemorySampler sampler = MemorySampler.start(() -> pids(app, watchdog), sink, messages::say, killsBefore);
                AppWatch watch = AppWatch.start(around.appPort(), app.tree(), around.appAddress(), new Found())) {
            status = app.await();
        }
        String unheard = ended(app, status, ending.forced(), Duration.ofNanos(System.nanoTime() - started));
        boolean bySignal = status > SIGNAL_BASE;
        AppProcess.Left left = app.endTree(
                ending.begun() ? Duration.ZERO : bySignal ? TO_END_AFTER_A_SIGNAL : TO_END, ending::timeLeft);
        // the end may have reached us only now
        if (!ending.begun()) {
            sayLeft(left.running(), bySignal, status);
        } else if (left.forced() > 0 && !ending.forced()) {
            messages.say(processes(left.forced()) + " that the app left running did not end within its grace of "
                    + graceInWords() + " and " + (left.forced() == 1 ? "was" : "were")
                    + " ended by force (--grace gives longer)");
        }
        List<String> gone =
                ListeningPorts.ofThisMachine().told(around.appPort(), app.tree().pids());
        if (!gone.isEmpty()) {
            messages.say("what the app started went to the background, out of sight, and goes on: "
                    + String.join(", ", gone) + "; a server is watched while it stays in the foreground");
        }
        watchdog.rest();
        return new AppEnd(status, unheard);
    }

    private void sayLeft(int running, boolean bySignal, int status) {
        if (running > 0) {
            messages.say(
                    bySignal
                            ? "the app was ended by signal " + (status - SIGNAL_BASE) + " and left "
                                    + processes(running) + " running, ended " + TO_END_AFTER_A_SIGNAL.toSeconds()
                                    + " s later"
                            : "the app ended by itself and left " + processes(running)
                                    + " running, ended a second later; a server is watched while it stays in the foreground");
        }
    }

    private String graceInWords() {
        return grace.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    private static String processes(int number) {
        return number == 1 ? "1 process" : number + " processes";
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static List<Long> pids(AppProcess app, Watchdog watchdog) {
        List<Long> pids = app.tree().pids();
        if (!pids.isEmpty()) {
            watchdog.watch(pids);
        }
        return pids;
    }

    /** Says what is certain; how it ended before it listened, where the cause is not. */
    private @Nullable String ended(AppProcess app, int status, boolean forced, Duration after) {
        String how = status > SIGNAL_BASE
                ? "the app was ended by signal " + (status - SIGNAL_BASE)
                : "the app ended with exit status " + status;
        String seconds = " after " + after.toMillis() / 1000 + "." + after.toMillis() % 1000 / 100 + " s";
        happened(Event.Kind.APP_EXITED, how + seconds);
        if (forced) {
            messages.say("the app did not end within its grace of " + graceInWords()
                    + " and was ended by force (--grace gives it longer)");
        } else if (status != 0 && status <= SIGNAL_BASE && !listened.get() && after.compareTo(EARLY) < 0) {
            String holder = ListeningPorts.ofThisMachine()
                    .use(around.appPort(), app.tree()::pids)
                    .other();
            if (holder == null) {
                return how + seconds + ", before it listened on port " + around.appPort();
            }
            messages.say(how + seconds + "; port " + around.appPort() + ", which it was told, is taken by " + holder
                    + "; start it again, then it gets another");
        }
        return null;
    }

    private void happened(Event.Kind kind, String text) {
        sink.offer(new CaptureEvent.Happened(new Event(System.nanoTime(), kind, 0, text)));
    }

    /** What the look at the app's ports brought. */
    private final class Found implements AppWatch.Listener {
        @Override
        public void listening() {
            listened.set(true);
            happened(Event.Kind.APP_LISTENING, "the app listens on port " + around.appPort());
        }

        @Override
        public void listeningElsewhere(String where) {
            listened.set(true);
            String text = "the app listens on " + where + " instead of port " + around.appPort()
                    + ", which PORT said; requests go there";
            happened(Event.Kind.APP_LISTENING, text);
            messages.say(text);
        }

        @Override
        public void unreachable(String text) {
            happened(Event.Kind.APP_UNREACHABLE, text);
            messages.say(text);
        }
    }
}
