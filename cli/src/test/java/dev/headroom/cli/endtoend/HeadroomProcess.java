package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.cli.run.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A {@code headroom} of the classes under test, in a process and a folder of its own. */
final class HeadroomProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final List<String> RESTORED_SIGNALS = restoredSignals();

    private final Process process;
    private final Collected out;
    private final Collected err;

    private HeadroomProcess(Process process) {
        this.process = process;
        out = new Collected(process.getInputStream());
        err = new Collected(process.getErrorStream());
    }

    /** Starts one; nothing that concerns databases or ports is inherited from the environment of the tests. */
    static HeadroomProcess start(Path folder, Map<String, String> environment, String... arguments) {
        return startBy(List.of(), folder, environment, arguments);
    }

    /** Starts {@code headroom run} around that command, with nothing but a port of its own. */
    static HeadroomProcess run(Path folder, String... command) {
        List<String> arguments = new ArrayList<>(List.of("run", "--port", Integer.toString(fixedPort()), "--"));
        arguments.addAll(List.of(command));
        return start(folder, Map.of(), arguments.toArray(String[]::new));
    }

    /** Starts one by a command that replaces itself by the one that follows in its arguments. */
    static HeadroomProcess startBy(
            List<String> prefix, Path folder, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                java(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xss256k",
                "-XX:TieredStopAtLevel=1",
                // as the jar's manifest says it
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.headroom.cli.Main"));
        command.addAll(List.of(arguments));
        // whoever runs the tests may ignore signals, as nohup and a shell's & do, and that is inherited
        command.addAll(0, RESTORED_SIGNALS);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("PORT"));
        builder.environment().putAll(environment);
        try {
            return new HeadroomProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> restoredSignals() {
        List<String> prefix = List.of("env", "--default-signal=HUP,INT,TERM,USR1,USR2");
        List<String> probe = new ArrayList<>(prefix);
        probe.add("true");
        try {
            boolean known =
                    new ProcessBuilder(probe).redirectErrorStream(true).start().waitFor() == 0;
            return known ? prefix : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The command that starts the app under watch. */
    static String[] app(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(java(), "-Xmx64m", "-cp", System.getProperty("java.class.path"), OrdersApp.class.getName()));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    /**
     * A port that is free now, and that the system gives to nobody who asks for just any (below {@code
     * ip_local_port_range}): drawn by lot, so that tests that run at the same time don't take it from each other.
     */
    static int fixedPort() {
        return FreePort.any();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends it a signal. */
    void signal(String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The address that it says it listens on, once it says so. */
    URI front() {
        String start = "headroom: http://";
        eventually("it says where it listens", () -> {
            int at = err.text().indexOf(start);
            return at >= 0 && err.text().indexOf('\n', at) >= 0 || !process.isAlive();
        });
        String text = err.text();
        int from = text.indexOf(start) + "headroom: ".length();
        assertThat(text).contains(start);
        return URI.create(text.substring(from, text.indexOf(' ', from)));
    }

    /** Waits until it says that on standard error: what is said beside the traffic may come after an answer. */
    void awaitSaid(String text) {
        eventually("it says: " + text, () -> err.text().contains(text));
    }

    /** The status and body of a GET through it. */
    HttpResponse<String> get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(front().resolve(path)).timeout(LIMIT).build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("GET " + path + " failed; headroom said: " + err.text(), e);
        }
    }

    /** Waits for its end; its exit status. */
    int exitStatus() {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends; it said: %s", err.text())
                    .isTrue();
            out.await();
            err.await();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    String out() {
        return out.text();
    }

    String err() {
        return err.text();
    }

    /** Waits until something holds. */
    static void eventually(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What came from a stream so far. */
    private static final class Collected {
        private final StringBuilder text = new StringBuilder();
        private final Thread thread;

        Collected(InputStream stream) {
            thread = new Thread(() -> {
                byte[] buffer = new byte[4096];
                try (stream) {
                    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                        append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    append("[" + e.getMessage() + "]");
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private synchronized void append(String more) {
            text.append(more);
        }

        synchronized String text() {
            return text.toString();
        }

        /** A grandchild that still holds the stream is not waited for long. */
        void await() throws InterruptedException {
            thread.join(5_000);
        }
    }
}
