package dev.headroom.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole demo without its words: a database, its seed, and each stage under {@code headroom run}. */
final class DemoRun {
    /** The stages, in the order of the story. */
    static final List<String> STAGES = List.of("before", "narrow", "after");

    /** The pages that each stage is asked for. */
    static final List<String> PATHS = List.of("/api/orders", "/api/offices");

    private DemoRun() {}

    /** Told what happens. */
    interface Progress {
        /** A step has begun. */
        void step(String what);

        /** A request was answered. */
        void request();
    }

    /**
     * Runs all stages and leaves a recording each in {@code folder}; everything else is cleaned up by {@code cleanup}.
     *
     * @param requests how often each page is asked for
     */
    static Map<String, Path> run(
            DemoApplication application, Path folder, int requests, Cleanup cleanup, Progress progress) {
        progress.step("starting PostgreSQL");
        Path scratch = scratch();
        cleanup.add(scratch);
        DemoDatabase database = DemoDatabase.start(scratch);
        cleanup.add(database);
        StageRun stages = new StageRun(application, database.url(), folder, cleanup);
        progress.step("seeding");
        stages.seed();
        Map<String, Path> recordings = new LinkedHashMap<>();
        for (String stage : STAGES) {
            progress.step(stage);
            recordings.put(stage, stages.run(stage, PATHS, requests, progress::request));
        }
        return recordings;
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("headroom-demo");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder could be made", e);
        }
    }
}
