package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that the kernel kills for want of memory, in a control group of its own, which takes root to make. */
class OutOfMemoryEndToEndTest {
    private static final String LIMIT_BYTES = Long.toString(300L << 20);

    /** Much more than the group may have, touched page by page. */
    private static final String HOG = "b'x' * (1 << 30)";

    @TempDir
    Path folder;

    private Path group = Path.of("");

    @BeforeEach
    void aControlGroupCanBeMade() throws IOException {
        assumeThat(Path.of("/usr/bin/python3")).exists();
        Path first = Path.of("/sys/fs/cgroup/memory");
        boolean second = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
        Path root = second ? Path.of("/sys/fs/cgroup") : first;
        assumeThat(Files.isWritable(root)).as("control groups can be made").isTrue();
        group = Files.createDirectory(
                root.resolve("headroom-test-" + ProcessHandle.current().pid()));
        Path limit = group.resolve(second ? "memory.max" : "memory.limit_in_bytes");
        assumeThat(Files.isWritable(limit)).as("memory can be limited").isTrue();
        Files.writeString(limit, LIMIT_BYTES);
        // what could be swapped out would not be killed; there is no such file where there is no swap
        Path swap = group.resolve(second ? "memory.swap.max" : "memory.memsw.limit_in_bytes");
        if (Files.isWritable(swap)) {
            Files.writeString(swap, second ? "0" : LIMIT_BYTES);
        }
    }

    @AfterEach
    void remove() {
        // a group can be removed once the kernel has buried the last of its processes
        HeadroomProcess.eventually("the group is gone", () -> group.toString().isEmpty() || removed());
    }

    private boolean removed() {
        try {
            return Files.deleteIfExists(group) || !Files.exists(group);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void anAppThatTheKernelKillsIsSaidToLackMemory() {
        try (HeadroomProcess headroom = limited("/usr/bin/python3", "-c", HOG)) {
            assertThat(headroom.exitStatus()).isEqualTo(137);
            said(headroom);
            assertThat(headroom.out()).contains("event: the app was ended by signal 9");
        }
    }

    @Test
    void soIsAWorkerThatTheAppReplaces() {
        try (HeadroomProcess headroom = limited("sh", "-c", "/usr/bin/python3 -c \"" + HOG + "\"; exit 0")) {
            assertThat(headroom.exitStatus()).isZero();
            said(headroom);
        }
    }

    private HeadroomProcess limited(String... command) {
        List<String> prefix =
                List.of("sh", "-c", "echo $$ >'" + group.resolve("cgroup.procs") + "'; exec \"$@\"", "sh");
        String[] arguments = Stream.concat(
                        Stream.of("run", "--no-page", "--port", "" + HeadroomProcess.fixedPort(), "--"),
                        Stream.of(command))
                .toArray(String[]::new);
        return HeadroomProcess.startBy(prefix, folder, Map.of(), arguments);
    }

    private static void said(HeadroomProcess headroom) {
        String text = "the kernel killed 1 process of this control group for want of memory (limit 300 MB)";
        assertThat(headroom.err()).containsOnlyOnce("headroom: " + text);
        assertThat(headroom.out().replaceAll("\\s+", " ")).containsOnlyOnce("event: " + text + " event: ");
    }
}
