package dev.headroom.cli.run;

import dev.headroom.cli.process.AppProcess;
import dev.headroom.cli.process.Terminal;
import java.time.Duration;

/**
 * What signals do to a run: they are passed on, and those that mean the end start the app's grace, after which its
 * whole tree is ended by force. A part of the grace is kept for the report.
 */
final class Ending {
    private static final Duration MOST_FOR_THE_REPORT = Duration.ofSeconds(2);

    private final AppProcess app;
    private final Duration grace;
    private boolean begun;
    private volatile boolean forced;

    Ending(AppProcess app, Duration grace) {
        this.app = app;
        this.grace = grace;
    }

    /** A signal reached us. */
    void signalled(String name) {
        switch (name) {
            // what a terminal sends has reached the app already
            case "INT" -> {
                if (!Terminal.foreground()) {
                    app.signal(name);
                }
                begin();
            }
            case "HUP" -> {
                if (!Terminal.foreground()) {
                    app.signal(name);
                }
            }
            case "TERM" -> {
                app.signal(name);
                begin();
            }
            default -> app.signal(name);
        }
    }

    /** Whether the app had to be ended by force. */
    boolean forced() {
        return forced;
    }

    private synchronized void begin() {
        if (!begun) {
            begun = true;
            Thread thread = new Thread(this::endInTime, "headroom-grace");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void endInTime() {
        Duration fifth = grace.dividedBy(5);
        Duration ours = fifth.compareTo(MOST_FOR_THE_REPORT) < 0 ? fifth : MOST_FOR_THE_REPORT;
        try {
            if (!app.await(grace.minus(ours))) {
                forced = true;
                app.kill();
            }
        } catch (InterruptedException e) {
            app.kill();
        }
    }
}
