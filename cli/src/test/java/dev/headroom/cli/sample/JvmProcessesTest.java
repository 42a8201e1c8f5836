package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headroom.core.trace.JvmSample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real Java processes: what they tell is what they are. */
@Timeout(180)
@SuppressWarnings("try") // the process ends with its input
class JvmProcessesTest {
    @TempDir
    Path folder;

    private final JvmProcesses processes = new JvmProcesses(Path.of("/proc"), Path.of("/tmp"));

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/stat")), "performance data is looked for on Linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    void readsTheHeapOfEachCollector(String collector) throws IOException {
        Process jvm = HoldingJvm.start(List.of(), collector, "-Xmx256m");
        try (OutputStream ending = jvm.getOutputStream()) {
            JvmSample sample = only(processes.read(List.of(jvm.pid()), 42));

            assertThat(sample.nanos()).isEqualTo(42);
            assertThat(sample.pid()).isEqualTo(jvm.pid());
            assertThat(sample.usedBytes()).isBetween(HoldingJvm.HELD, HoldingJvm.HELD * 3 / 2);
            assertThat(sample.maxBytes()).isBetween(240L << 20, 257L << 20);
            assertThat(sample.committedBytes()).isBetween(sample.usedBytes(), sample.maxBytes());
            assertThat(sample.metaspaceBytes()).isBetween(10_000L, 50L << 20);
            assertThat(sample.collections()).isPositive();
            assertThat(sample.collectionNanos()).isBetween(1L, TimeUnit.SECONDS.toNanos(10));
            assertThat(sample.threads()).isBetween(1L, 100L);
        }
    }

    @Test
    void readsTheHeapOfOneThatItsNamespaceGivesAnotherNumber() throws Exception {
        List<String> apart = List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child");
        assumeTrue(possible(apart), "unshare(1) can make a namespace here");
        Process outer = HoldingJvm.start(apart, "-Xmx256m");
        try (OutputStream ending = outer.getOutputStream()) {
            long pid = outer.children().findFirst().orElseThrow().pid();
            assertThat(Files.readString(Path.of("/proc/" + pid + "/status"))).containsPattern("NSpid:\\s+\\d+\\s+1\n");

            List<JvmSample> samples = processes.read(List.of(outer.pid(), pid), 1);

            assertThat(only(samples).pid()).isEqualTo(pid);
            assertThat(only(samples).usedBytes()).isGreaterThan(HoldingJvm.HELD);
        }
    }

    private static boolean possible(List<String> before) throws IOException, InterruptedException {
        List<String> trial = new ArrayList<>(before);
        trial.add("true");
        return new ProcessBuilder(trial).start().waitFor() == 0;
    }

    @Test
    void saysOnceThatOneTellsNothing() throws IOException {
        Process jvm = HoldingJvm.start(List.of(), "-XX:-UsePerfData");
        try (OutputStream ending = jvm.getOutputStream()) {
            List<JvmSample> all = new ArrayList<>();
            for (int second = 1; second <= 20; second++) {
                all.addAll(processes.read(List.of(jvm.pid()), second));
            }

            assertThat(all).containsExactly(JvmSample.unknown(3, jvm.pid()));
            assertThat(only(all).known()).isFalse();
            assertThat(only(all).usedBytes()).isNegative();
        }
    }

    @Test
    void asksNoProcessThatIsNotJava() throws IOException {
        Process cat = new ProcessBuilder("cat").start();
        try (OutputStream ending = cat.getOutputStream()) {
            for (int second = 1; second <= 20; second++) {
                assertThat(processes.read(List.of(cat.pid()), second)).isEmpty();
            }
        }
    }

    @Test
    void believesNoFileThatAnEndedProcessLeft() throws IOException {
        Process cat = new ProcessBuilder("cat").start();
        try (OutputStream ending = cat.getOutputStream()) {
            Path left = planted(cat.pid());
            Files.write(left, told());
            Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(3_600)));
            assertThat(elsewhere().read(List.of(cat.pid()), 1)).isEmpty();

            Files.setLastModifiedTime(left, FileTime.from(Instant.now()));
            assertThat(elsewhere().read(List.of(cat.pid()), 1)).hasSize(1);
        }
    }

    @Test
    void followsNoLinkAndWaitsForNoPipe() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        try (OutputStream ending = cat.getOutputStream()) {
            Path file = planted(cat.pid());
            Path target = Files.write(folder.resolve("target"), told());
            Files.createSymbolicLink(file, target);
            assertThat(elsewhere().read(List.of(cat.pid()), 1)).isEmpty();

            Files.delete(file);
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
            assertThat(elsewhere().read(List.of(cat.pid()), 1)).isEmpty();
        }
    }

    private JvmProcesses elsewhere() {
        return new JvmProcesses(Path.of("/proc"), folder);
    }

    private Path planted(long pid) throws IOException {
        return Files.createDirectories(folder.resolve("hsperfdata_" + System.getProperty("user.name")))
                .resolve(Long.toString(pid));
    }

    /** What the JVM of this test tells. */
    static byte[] told() throws IOException {
        long pid = ProcessHandle.current().pid();
        return Files.readAllBytes(Path.of("/tmp/hsperfdata_" + System.getProperty("user.name"), Long.toString(pid)));
    }

    private static JvmSample only(List<JvmSample> samples) {
        assertThat(samples).hasSize(1);
        return samples.get(0);
    }
}
