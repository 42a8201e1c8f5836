package dev.headroom.cli.demo;

import dev.headroom.cli.run.FreePort;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stage of the example under {@code headroom run}: started, asked for its pages, ended; leaves a recording. */
final class StageRun {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final DemoApplication application;
    private final String databaseUrl;
    private final Path folder;
    private final Cleanup cleanup;
    private final HttpClient client = HttpClient.newHttpClient();

    StageRun(DemoApplication application, String databaseUrl, Path folder, Cleanup cleanup) {
        this.application = application;
        this.databaseUrl = databaseUrl;
        this.folder = folder;
        this.cleanup = cleanup;
    }

    /** Creates and fills the tables. */
    void seed() {
        Path log = folder.resolve("seed.log");
        Process process = start(application.seedCommand(), application.environment(databaseUrl, "before"), log);
        if (!exited(process, START_LIMIT) || process.exitValue() != 0) {
            throw failed("seeding the example's tables failed", log);
        }
    }

    /**
     * Runs one stage.
     *
     * @param paths what to ask for, one after another, {@code requests} times
     * @param progress called after each request
     * @return the recording
     */
    Path run(String stage, List<String> paths, int requests, Runnable progress) {
        Path recording = folder.resolve(stage + ".headroom");
        Path log = folder.resolve(stage + ".log");
        int port = FreePort.any();
        List<String> command = new ArrayList<>(JavaProgram.headroom());
        command.addAll(List.of("run", "--port", String.valueOf(port), "--out", recording.toString(), "--"));
        command.addAll(application.serveCommand());
        Process process = start(command, application.environment(databaseUrl, stage), log);
        URI base = URI.create("http://127.0.0.1:" + port);
        awaitHealth(process, base, log);
        for (int i = 0; i < requests; i++) {
            for (String path : paths) {
                get(base.resolve(path), log);
                progress.run();
            }
        }
        process.destroy();
        if (!exited(process, Duration.ofSeconds(30)) || !Files.exists(recording)) {
            throw failed("the stage " + stage + " did not end with a recording", log);
        }
        return recording;
    }

    private Process start(List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.equals("DATABASE_URL") || name.startsWith("PG"));
        builder.environment().remove("PORT");
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            cleanup.add(process);
            return process;
        } catch (IOException e) {
            throw new HeadroomException("could not start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private void awaitHealth(Process process, URI base, Path log) {
        long due = System.nanoTime() + START_LIMIT.toNanos();
        URI health = base.resolve(application.healthPath());
        while (System.nanoTime() - due < 0) {
            if (status(health) == 200) {
                return;
            }
            if (exited(process, Duration.ofMillis(100))) {
                throw failed("the example ended before it listened", log);
            }
        }
        throw failed("the example did not listen within " + START_LIMIT.toSeconds() + " s", log);
    }

    private void get(URI uri, Path log) {
        int status = status(uri);
        if (status != 200) {
            throw failed("GET " + uri.getPath() + " answered " + status + " where 200 was expected", log);
        }
    }

    private int status(URI uri) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(60)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static boolean exited(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static HeadroomException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new HeadroomException("the demo was interrupted", e);
    }

    private static HeadroomException failed(String what, Path log) {
        return new HeadroomException(what + "; the end of its output:\n" + tail(log));
    }

    private static String tail(Path log) {
        @Nullable List<String> lines;
        try {
            lines = Files.readAllLines(log);
        } catch (IOException e) {
            return "(no output: " + e.getMessage() + ")";
        }
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}
