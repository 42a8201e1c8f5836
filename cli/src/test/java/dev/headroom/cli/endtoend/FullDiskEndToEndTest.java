package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while the app is recorded: a small file system of its own, which takes root to mount. */
class FullDiskEndToEndTest {
    private static final List<String> PREFIX =
            List.of("unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=1m tmpfs disk && exec \"$@\"", "sh");

    @TempDir
    Path folder;

    @Test
    void theAppGoesOnAndWhatIsMissingIsSaid() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(mountable()).as("a file system can be mounted").isTrue();
        String port = Integer.toString(HeadroomProcess.fixedPort());
        List<String> arguments =
                new ArrayList<>(List.of("run", "--no-page", "--port", port, "--out", "disk/full.headroom", "--"));
        arguments.addAll(List.of(HeadroomProcess.app()));
        try (HeadroomProcess headroom =
                HeadroomProcess.startBy(PREFIX, folder, Map.of(), arguments.toArray(String[]::new))) {
            assertThat(headroom.get("/").statusCode()).isEqualTo(200);
            Path seen = Path.of("/proc/" + headroom.handle().pid() + "/root" + disk);
            Random random = new Random(4);
            int sent = 1;
            for (; room(seen) > 8192; sent++) {
                assertThat(headroom.get("/?" + noise(random)).statusCode()).isEqualTo(200);
            }
            for (int i = 0; i < 200; i++, sent++) {
                assertThat(headroom.get("/?" + noise(random)).statusCode()).isEqualTo(200);
            }
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.out()).contains(String.format("%,d requests", sent), "Recording: disk/full.headroom");
            assertThat(headroom.err())
                    .contains("the recording is not complete: ", "full")
                    .containsPattern("\\d+ requests and 0 statements are missing in the recording");
        }
    }

    private boolean mountable() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(PREFIX);
        command.add("true");
        return new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
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
