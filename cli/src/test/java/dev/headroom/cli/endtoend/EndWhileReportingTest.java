package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal that comes when the app has ended and the report is being printed. */
class EndWhileReportingTest {
    /** What a pipe takes before it blocks (pipe(7)). */
    private static final int PIPE_BYTES = 65_536;

    @TempDir
    Path folder;

    @Test
    void theReportIsPrintedToItsEndAndTheAppsStatusPassedOn() throws Exception {
        String java = HeadroomProcess.java() + " -XX:TieredStopAtLevel=1 -cp " + System.getProperty("java.class.path");
        // the app fills the pipe, so that the report can't be printed before somebody reads
        String app = "sh -c 'head -c " + PIPE_BYTES + " /dev/zero; touch ended; exit 5'";
        List<String> command = new ArrayList<>(List.of(
                "bash",
                "-c",
                "(echo $BASHPID > pid; exec " + java + " dev.headroom.cli.Main run --no-page --out r.headroom -- " + app
                        + ") | { until [ -e read ]; do sleep 0.05; done; tail -c +" + (PIPE_BYTES + 1)
                        + " > report; }; exit ${PIPESTATUS[0]}"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.equals("PORT"));
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        Process process = builder.start();
        try {
            // a recording that is just being made has no log yet either
            HeadroomProcess.eventually(
                    "the recording is closed",
                    () -> Files.exists(folder.resolve("ended")) && closed(folder.resolve("r.headroom")));
            new ProcessBuilder(
                            "kill",
                            "-TERM",
                            Files.readString(folder.resolve("pid")).strip())
                    .start()
                    .waitFor();
            Files.createFile(folder.resolve("read"));

            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(folder.resolve("log")))
                    .isEqualTo(5);
            assertThat(Files.readString(folder.resolve("report")))
                    .contains("the app ended with exit status 5")
                    .endsWith("Recording: r.headroom (again: headroom report r.headroom)\n");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** SQLite removes its log when the last connection is closed (sqlite.org, "Write-Ahead Logging", section 2.3). */
    private static boolean closed(Path recording) {
        try {
            return Files.exists(recording)
                    && Files.size(recording) > 0
                    && !Files.exists(recording.resolveSibling("r.headroom-wal"));
        } catch (IOException e) {
            return false;
        }
    }
}
