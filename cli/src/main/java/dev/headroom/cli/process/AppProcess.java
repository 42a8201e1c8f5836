package dev.headroom.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The watched app: a child process that has our streams, so that a terminal stays a terminal, and the processes that
 * it starts. Thread-safe.
 */
public final class AppProcess {
    /** The system's error number in the JDK's message: {@code error=2, …}, since JDK 24 {@code error: 2 (…)}. */
    private static final Pattern ERROR = Pattern.compile("error[=:] ?(\\d+)");

    /** What it printed last is waited for so long: something else that has left its tree may hold the stream. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final ProcessTree tree;
    private @Nullable Thread copying;

    private AppProcess(Process process) {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle());
    }

    /**
     * Starts it in our working directory.
     *
     * @param environment all of its variables
     * @throws CannotStartException if there is no such command or it can't be executed
     */
    public static AppProcess start(List<String> command, Map<String, String> environment) {
        return start(new ProcessBuilder(command).inheritIO(), environment);
    }

    private static AppProcess start(ProcessBuilder builder, Map<String, String> environment) {
        // what we don't change keeps its very bytes, even those that are no text in our locale
        Map<String, String> ours = builder.environment();
        ours.keySet().retainAll(environment.keySet());
        environment.forEach((name, value) -> {
            if (!value.equals(ours.get(name))) {
                ours.put(name, value);
            }
        });
        try {
            return new AppProcess(builder.start());
        } catch (IOException e) {
            throw cannotStart(builder.command().get(0), e);
        }
    }

    /**
     * Starts it with our standard input, and what it prints on either stream copied to {@code output} as it comes.
     *
     * @throws CannotStartException as above
     */
    public static AppProcess start(List<String> command, Map<String, String> environment, PrintStream output) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(Redirect.INHERIT).redirectErrorStream(true);
        AppProcess app = start(builder, environment);
        Thread thread = new Thread(() -> copy(app.process.getInputStream(), output), "headroom-app-output");
        thread.setDaemon(true);
        thread.start();
        app.copying = thread;
        return app;
    }

    private static void copy(InputStream in, PrintStream out) {
        try (in) {
            in.transferTo(out);
        } catch (IOException e) {
            // the app has closed it, or ended
            out.flush();
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Its processes. */
    public ProcessTree tree() {
        return tree;
    }

    /** Whether it has not ended. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Waits for its end and returns its exit status: 128 and the signal's number where a signal ended it. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Its exit status, as above; null while it has not ended. */
    public @Nullable Integer exitStatus() {
        return process.isAlive() ? null : process.exitValue();
    }

    /** Waits for its end for so long; whether it has ended. */
    public boolean await(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Passes a signal on, by its name without {@code SIG}. Does nothing once the app has ended. */
    public void signal(String name) {
        if (process.isAlive()) {
            Kill.send(name, process.pid());
        }
    }

    /**
     * What was left of the tree when it was ended.
     *
     * @param running how many processes were running then
     * @param forced how many of them had to be ended by force
     */
    public record Left(int running, int forced) {}

    /**
     * Ends what is left of the tree: politely first, then by force. What all of it printed is copied by then, but for what
     * comes after 2 s more.
     *
     * @param patience how long what ends by itself may take to do so; what was told to end by others may just be at it
     * @param time tells, when they are told to end, how long they have for it
     */
    public Left endTree(Duration patience, Supplier<Duration> time) throws InterruptedException {
        long patient = System.nanoTime() + patience.toNanos();
        for (ProcessHandle handle : tree.alive()) {
            Ended.within(handle, patient - System.nanoTime());
        }
        List<ProcessHandle> left = running();
        left.forEach(ProcessHandle::destroy);
        long deadline = System.nanoTime() + (left.isEmpty() ? 0 : time.get().toNanos());
        for (ProcessHandle handle : left) {
            Ended.within(handle, deadline - System.nanoTime());
        }
        // with what they have started meanwhile
        List<ProcessHandle> stubborn = running();
        stubborn.forEach(ProcessHandle::destroyForcibly);
        if (copying != null) {
            copying.join(LAST_WORDS.toMillis());
        }
        return new Left(left.size(), stubborn.size());
    }

    private List<ProcessHandle> running() {
        return tree.alive().stream().filter(handle -> !Ended.unreaped(handle)).toList();
    }

    /** Ends the whole tree by force. */
    public void kill() {
        tree.alive().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static CannotStartException cannotStart(String name, IOException cause) {
        Path path = Path.of(name);
        boolean hasFolder = name.indexOf('/') >= 0;
        if (hasFolder && Files.isDirectory(path)) {
            return new CannotStartException(name + " is a folder, not a command", 126, cause);
        }
        if (hasFolder && Files.exists(path) && !Files.isExecutable(path)) {
            return new CannotStartException(
                    name + " cannot be executed: it lacks the permission (chmod +x " + name + ")", 126, cause);
        }
        String message = String.valueOf(cause.getMessage());
        Matcher error = ERROR.matcher(message);
        boolean known = error.find();
        if (known && error.group(1).equals("2")) {
            return new CannotStartException(
                    hasFolder
                            ? "no such command: " + name + " (or the interpreter in its first line does not exist)"
                            : "no such command: " + name + " is not in any folder of PATH",
                    127,
                    cause);
        }
        return new CannotStartException(
                name + " could not be started: " + (known ? message.substring(error.start()) : message), 126, cause);
    }
}
