package dev.headroom.cli.demo;

import dev.headroom.cli.output.StandardOutput;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
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
                        // its own way to the terminal sets SIGINT to the system's default: we would end without
                        // cleaning up
                        .setConsumer(new ConsoleProgressBarConsumer(
                                System.err,
                                StandardOutput.style(System.getenv()).width() - 1))
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
