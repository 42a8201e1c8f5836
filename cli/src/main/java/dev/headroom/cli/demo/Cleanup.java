package dev.headroom.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What must be undone, latest first, exactly once: at the end, or when the demo is interrupted. Thread-safe. */
final class Cleanup implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();
    private final Thread onInterrupt = new Thread(this::runAll, "headroom-demo-cleanup");

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    synchronized void add(AutoCloseable step) {
        steps.push(step);
    }

    /**
     * Ends a process and all that it started, when its turn comes. It is asked first: killed at once, a
     * {@code headroom run} could not remove its private folder, nor the watchdog that would do it instead.
     */
    void add(Process process) {
        add(() -> {
            List<ProcessHandle> started = process.descendants().toList();
            process.destroy();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                started.forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
        });
    }

    /** Deletes a folder when its turn comes. */
    void add(Path folder) {
        add(() -> delete(folder));
    }

    private synchronized void runAll() {
        while (!steps.isEmpty()) {
            try {
                steps.pop().close();
            } catch (Exception e) {
                System.err.println("headroom: clean-up: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        runAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // the machine is going down already, and the hook with it
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
