package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@code headroom} on a terminal of its own, made by util-linux's {@code script}. */
final class OnTerminal implements AutoCloseable {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";

    private final Process script;
    private final Thread collecting = new Thread(this::collect, "terminal-output");
    private final StringBuilder output = new StringBuilder();

    private OnTerminal(Process script) {
        this.script = script;
        collecting.setDaemon(true);
        collecting.start();
    }

    /** Whether there is a program to make a terminal. */
    static boolean possible() {
        return Path.of("/usr/bin/script").toFile().exists();
    }

    /** Starts one; {@code arguments} are quoted as for a shell. */
    static OnTerminal start(Path folder, Map<String, String> environment, String arguments) {
        // without "exec" some shells stay, are interrupted, too, and end with a status of their own
        return command(folder, environment, "exec " + headroom() + arguments);
    }

    /** Starts an interactive shell, in which {@code ./headroom} is the one under test. */
    static OnTerminal shell(Path folder) throws IOException {
        Files.writeString(folder.resolve("headroom"), "exec " + headroom() + "\"$@\"\n");
        return command(folder, Map.of("PS1", "$ ", "TERM", "dumb"), "exec bash --norc --noprofile -i");
    }

    private static String headroom() {
        return HeadroomProcess.java() + " -XX:TieredStopAtLevel=1 -cp " + System.getProperty("java.class.path")
                + " dev.headroom.cli.Main ";
    }

    private static OnTerminal command(Path folder, Map<String, String> environment, String command) {
        ProcessBuilder builder = new ProcessBuilder(
                        // whoever runs the tests may ignore signals, and that is inherited
                        List.of("env", "--default-signal=HUP,INT,TERM", "script", "-qec", command, "/dev/null"))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("PORT"));
        builder.environment().putAll(environment);
        try {
            return new OnTerminal(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was printed so far. */
    synchronized String output() {
        return output.toString();
    }

    /** All processes on the terminal. */
    List<ProcessHandle> processes() {
        return script.descendants().toList();
    }

    /** Types Ctrl-C: the terminal sends SIGINT to all processes of its foreground group. */
    void interrupt() throws IOException {
        type(CTRL_C);
    }

    /** Types Ctrl-Z: the terminal sends SIGTSTP to all processes of its foreground group. */
    void suspend() throws IOException {
        type(CTRL_Z);
    }

    /** Types that. */
    void type(String text) throws IOException {
        script.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        script.getOutputStream().flush();
    }

    /** Waits for its end, and for all that it printed; its exit status. */
    int exitStatus() throws InterruptedException {
        assertThat(script.waitFor(120, TimeUnit.SECONDS))
                .as("it ends; it printed: %s", output())
                .isTrue();
        collecting.join(TimeUnit.SECONDS.toMillis(60));
        return script.exitValue();
    }

    private void collect() {
        byte[] buffer = new byte[4096];
        try (InputStream in = script.getInputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                String more = new String(buffer, 0, count, StandardCharsets.UTF_8);
                synchronized (this) {
                    output.append(more);
                }
            }
        } catch (IOException e) {
            // the terminal is gone
            return;
        }
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }
}
