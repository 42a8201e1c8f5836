package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another program, run to its end. */
final class Command {
    private static final long PATIENCE_SECONDS = 120;

    private Command() {}

    /** Its output, from a directory of its own; it must succeed. */
    static String run(List<String> command) throws IOException {
        return run(command, Map.of());
    }

    static String run(List<String> command, Map<String, String> environment) throws IOException {
        Path output = Files.createTempFile("headroom-command", ".out");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(new File("/tmp"))
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s:%n%s", command, text)
                    .isTrue();
            return text;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    /** Whether it runs at all and succeeds. */
    static boolean works(List<String> command, Map<String, String> environment) {
        try {
            run(command, environment);
            return true;
        } catch (IOException | AssertionError e) {
            return false;
        }
    }
}
