package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.RequestTrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writing process that is killed with SIGKILL in mid-recording. */
@Timeout(240)
class KilledRecordingTest {
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void losesNothingThatWasCommitted() throws Exception {
        Path file = folder.resolve("killed.headroom");
        long committed = writeUntilKilled(file, 2_000);

        assertThat(Files.size(folder.resolve("killed.headroom-wal"))).isPositive();
        Told told = new Told();
        try (RecordingReader reader = RecordingReader.open(file)) {
            assertThat(reader.finished()).isFalse();
            reader.replay(told);
        }
        assertThat(told.requests).hasSizeGreaterThanOrEqualTo((int) committed);
        GeneratedTraces traces = new GeneratedTraces(SEED);
        RequestTrace live = traces.request();
        for (RequestTrace each : told.requests) {
            while (live.request().id() < each.request().id()) {
                live = traces.request();
            }
            // The child tells more than can be written on a busy machine, so some may have lost their detail.
            assertThat(each).isIn(Told.kept(live), WriteTask.withoutDetail(live));
        }
    }

    @Test
    void canBeReadWhereTheFolderCannotBeWrittenTo() throws Exception {
        Path file = folder.resolve("killed.headroom");
        long committed = writeUntilKilled(file, 500);
        Files.deleteIfExists(folder.resolve("killed.headroom-shm"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try (RecordingReader reader = RecordingReader.open(file)) {
            Told told = new Told();
            reader.replay(told);
            assertThat(told.requests).hasSizeGreaterThanOrEqualTo((int) committed);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** How many requests were committed for certain, because a reader saw them, when the writer was killed. */
    private static long writeUntilKilled(Path file, int atLeast) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("created");
            long seen = 0;
            try (RecordingReader reader = RecordingReader.open(file)) {
                while (seen < atLeast) {
                    seen = reader.requests();
                    Thread.onSpinWait();
                }
            }
            return seen;
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Records for ever. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            RecordingSettings settings = new RecordingSettings(256 << 20, 1 << 20, Duration.ofMillis(20));
            RecordingWriter writer =
                    RecordingWriter.create(Path.of(List.of(args).get(0)), settings);
            writer.run(GeneratedTraces.RUN);
            System.out.println("created");
            GeneratedTraces traces = new GeneratedTraces(SEED);
            while (!Thread.interrupted()) {
                writer.request(traces.request());
            }
        }
    }
}
