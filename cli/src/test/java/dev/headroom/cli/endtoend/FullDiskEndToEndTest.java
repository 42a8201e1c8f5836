package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while the app is recorded: a small file system of its own, which takes root to mount. */
class FullDiskEndToEndTest {
    private static final Pattern MISSING =
            Pattern.compile("(\\d+) requests and 0 statements are missing in the recording");

    @TempDir
    Path folder;

    @Test
    void theAppGoesOnAndWhatIsMissingIsSaidAtTheEndAndByTheRecording() throws Exception {
        Files.createDirectory(folder.resolve("disk"));
        assumeThat(mountable()).as("a file system can be mounted").isTrue();
        Process holder = new ProcessBuilder(
                        "unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs disk && echo mounted && cat")
                .directory(folder.toFile())
                .start();
        try (BufferedReader said = holder.inputReader()) {
            assertThat(said.readLine()).isEqualTo("mounted");
            fill(holder.pid());
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    private void fill(long holder) throws IOException {
        List<String> within = List.of(
                "nsenter",
                "--mount",
                "--target",
                Long.toString(holder),
                "sh",
                "-c",
                "cd \"$0\" && exec \"$@\"",
                folder.toString());
        Path disk = Path.of("/proc/" + holder + "/root" + folder.resolve("disk"));
        String port = Integer.toString(HeadroomProcess.fixedPort());
        List<String> arguments =
                new ArrayList<>(List.of("run", "--no-page", "--port", port, "--out", "disk/full.headroom", "--"));
        arguments.addAll(List.of(HeadroomProcess.app()));
        int sent = 1;
        String missing;
        try (HeadroomProcess headroom =
                HeadroomProcess.startBy(within, folder, Map.of(), arguments.toArray(String[]::new))) {
            assertThat(headroom.get("/").statusCode()).isEqualTo(200);
            Random random = new Random(4);
            for (; room(disk) > 8192; sent++) {
                assertThat(headroom.get("/?" + noise(random)).statusCode()).isEqualTo(200);
            }
            for (int i = 0; i < 200; i++, sent++) {
                assertThat(headroom.get("/?" + noise(random)).statusCode()).isEqualTo(200);
            }
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.err()).contains("the recording is not complete: ", "full");
            Matcher said = MISSING.matcher(headroom.err());
            assertThat(said.find()).isTrue();
            missing = said.group(1);
            assertThat(flat(headroom.out()))
                    .contains(String.format("%,d requests", sent), "Recording: disk/full.headroom")
                    .contains("Not seen either: in the recording " + figure(missing)
                            + " requests that could not be written (this report counts them).");
        }
        try (HeadroomProcess report =
                HeadroomProcess.startBy(within, folder, Map.of(), "report", "disk/full.headroom")) {
            assertThat(report.exitStatus()).isZero();
            assertThat(flat(report.out()))
                    .contains(String.format("%,d requests", sent - Integer.parseInt(missing)))
                    .contains("Not seen either: " + figure(missing) + " requests lost.");
        }
    }

    /** As reports write it; the line at the run's end has digits alone. */
    private static String figure(String digits) {
        return String.format("%,d", Integer.parseInt(digits));
    }

    private boolean mountable() throws IOException, InterruptedException {
        return new ProcessBuilder("unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs disk")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static long room(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hardly to be compressed. */
    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append(Long.toUnsignedString(random.nextLong(), 36));
        }
        return text.toString();
    }
}
