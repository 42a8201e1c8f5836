package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxProcessesTest {
    @TempDir
    Path proc;

    @Test
    void theTreesFiguresAreSummedUp() throws IOException {
        process(10, "web (1) server", 7, 4);
        process(11, "worker", 3, 2);

        TreeUse use = new LinuxProcesses(proc).read(List.of(10L, 11L, 12L));

        assertThat(use.processes()).isEqualTo(2);
        assertThat(use.threads()).isEqualTo(10);
        assertThat(use.proportionalBytes()).isEqualTo(2 * 900 * 1024);
        assertThat(use.residentBytes()).isEqualTo(2 * 1000 * 1024);
        assertThat(use.swapBytes()).isEqualTo(2 * 5 * 1024);
        assertThat(use.openFiles()).isEqualTo(6);
        assertThat(use.cpuNanos()).isEqualTo(2 * (100 + 20 + 3 + 4) * 10_000_000L);
    }

    @Test
    void whatCannotBeReadOfOneIsMissingForAll() throws IOException {
        process(10, "web", 7, 4);
        process(11, "worker", 3, 2);
        Files.delete(proc.resolve("11/smaps_rollup"));

        TreeUse use = new LinuxProcesses(proc).read(List.of(10L, 11L));

        assertThat(use.proportionalBytes()).isEqualTo(-1);
        assertThat(use.residentBytes()).isPositive();
    }

    @Test
    void aTreeThatHasEndedIsMissing() {
        assertThat(new LinuxProcesses(proc).read(List.of(10L))).isEqualTo(TreeUse.MISSING);
    }

    @Test
    void aRealProcessHasFigures() {
        LinuxProcesses processes = new LinuxProcesses(Path.of("/proc"));
        assumeThat(processes.available()).isTrue();

        TreeUse use = processes.read(List.of(ProcessHandle.current().pid()));

        assertThat(use.residentBytes()).isGreaterThan(10_000_000);
        assertThat(use.proportionalBytes()).isGreaterThan(10_000_000);
        assertThat(use.threads()).isGreaterThan(5);
        assertThat(use.openFiles()).isPositive();
        assertThat(use.cpuNanos()).isPositive();
    }

    @Test
    void psGivesResidentSizeAndProcessorTime() {
        TreeUse use = PsTable.sum("  10  2048 0:01.50\n  11  1024 1-02:03:04\n 99 9999 0:00.10\n", List.of(10L, 11L));

        assertThat(use.processes()).isEqualTo(2);
        assertThat(use.residentBytes()).isEqualTo(3 * 1024 * 1024);
        assertThat(use.cpuNanos()).isEqualTo(1_500_000_000L + (26 * 3_600 + 3 * 60 + 4) * 1_000_000_000L);
        assertThat(use.proportionalBytes()).isEqualTo(-1);
        assertThat(use.threads()).isEqualTo(-1);
    }

    private void process(long pid, String name, int threads, int files) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(
                folder.resolve("stat"),
                pid + " (" + name + ") S 1 1 1 0 -1 4194560 1 1 1 1 100 20 3 4 20 0 " + threads + " 0 12345 1 1\n");
        Files.writeString(folder.resolve("smaps_rollup"), "55a9-7fff ---p [rollup]\nRss: 1000 kB\nPss:  900 kB\n");
        Files.writeString(folder.resolve("status"), "Name:\tx\nVmRSS:\t    1000 kB\nVmSwap:\t       5 kB\n");
        Path fd = Files.createDirectories(folder.resolve("fd"));
        for (int i = 0; i < files; i++) {
            Files.createFile(fd.resolve(Integer.toString(i)));
        }
    }
}
