package dev.headroom.cli.demo;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far the demo is: a bar on a terminal, a line a step elsewhere. Writes to standard error. */
final class DemoProgress implements DemoRun.Progress, AutoCloseable {
    private final @Nullable ProgressBar bar;

    DemoProgress(int requests, boolean terminal) {
        bar = terminal
                ? ProgressBar.builder()
                        .setTaskName("demo")
                        .setInitialMax(requests)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(200)
                        .hideEta()
                        .build()
                : null;
    }

    @Override
    public void step(String what) {
        if (bar == null) {
            System.err.println("demo: " + what);
        } else {
            bar.setExtraMessage(" " + what);
        }
    }

    @Override
    public void request() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
