package dev.headroom.cli.run;

import dev.headroom.cli.process.AppProcess;
import dev.headroom.cli.process.Terminal;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What signals do to a run: they are passed on, and those that mean the end start the app's grace, after which its
 * whole tree is ended by force. A part of the grace is kept for the report.
 */
final class Ending {
    private static final Duration MOST_FOR_THE_REPORT = Duration.ofSeconds(2);
    private static final Duration MOST_FOR_THE_APP_TO_TELL = Duration.ofSeconds(5);
    private static final Duration TO_END_UNTOLD = Duration.ofSeconds(1);

    private final AppProcess app;
    private final Duration grace;
    private final Consumer<Duration> awaitTold;
    private boolean begun;
    private long beganNanos;
    private volatile boolean forced;

    /**
     * That of an app.
     *
     * @param grace until when all is to be over, from the signal on
     * @param awaitTold waits, for so long at most, until the app has told what it had to tell: one that a signal ends tells
     *     nothing any more. A twentieth of the grace
     */
    Ending(AppProcess app, Duration grace, Consumer<Duration> awaitTold) {
        this.app = app;
        this.grace = grace;
        this.awaitTold = awaitTold;
    }

    /**
     * A signal reached us.
     *
     * @param early whether that was before the app was there
     */
    void signalled(String name, boolean early) {
        // what a terminal sends has reached the app already, if it was there
        boolean reached = !early && Terminal.foreground();
        switch (name) {
            case "INT" -> {
                if (!reached) {
                    app.signal(name);
                }
                begin();
            }
            case "HUP" -> {
                if (!reached) {
                    app.signal(name);
                }
            }
            case "TERM" -> {
                // the platform's clock is running
                begin();
                Duration part = grace.dividedBy(20);
                awaitTold.accept(part.compareTo(MOST_FOR_THE_APP_TO_TELL) < 0 ? part : MOST_FOR_THE_APP_TO_TELL);
                app.signal(name);
            }
            default -> app.signal(name);
        }
    }

    /** Whether it was told to end. */
    synchronized boolean begun() {
        return begun;
    }

    /** Whether the app had to be ended by force. */
    boolean forced() {
        return forced;
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            beganNanos = System.nanoTime();
            Thread thread = new Thread(this::endInTime, "headroom-grace");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /**
     * How long what the app leaves running may still take to end: what is left of the grace, since the command may be a
     * shell that a signal ends at once, with the app still at its last requests. A second where nobody told it to end.
     */
    synchronized Duration timeLeft() {
        if (!begun) {
            return TO_END_UNTOLD;
        }
        Duration left = forTheApp().minusNanos(System.nanoTime() - beganNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Duration forTheApp() {
        Duration fifth = grace.dividedBy(5);
        return grace.minus(fifth.compareTo(MOST_FOR_THE_REPORT) < 0 ? fifth : MOST_FOR_THE_REPORT);
    }

    private void endInTime() {
        try {
            if (!app.await(forTheApp())) {
                forced = true;
                app.kill();
            }
        } catch (InterruptedException e) {
            app.kill();
        }
    }
}
