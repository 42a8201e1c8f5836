package dev.headroom.cli.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PsTableTest {
    @Test
    void residentSizeAndProcessorTimeOfTheWantedAreSummedUpAndTheRestIsMissing() {
        String macOs = "    1  12000   1:02.50\n  417   2048   0:00.25\n 9000  50000 10:00.00\n";

        TreeUse use = PsTable.sum(macOs, List.of(1L, 417L));

        assertThat(use).isEqualTo(new TreeUse(-1, 14_048L * 1024, -1, 2, -1, -1, 62_750_000_000L));
    }

    @Test
    void hoursAndDaysAreUnderstood() {
        assertThat(PsTable.sum("1 1 01:00:01\n2 1 2-00:00:01\n", List.of(1L, 2L))
                        .cpuNanos())
                .isEqualTo((3_601L + 2 * 86_400 + 1) * 1_000_000_000);
    }

    @Test
    void processesThatHaveEndedAreMissing() {
        assertThat(PsTable.sum("1 1 0:01.00\n", List.of(2L))).isEqualTo(TreeUse.MISSING);
    }

    @Test
    void thisSystemsPsIsUnderstood() {
        assumeThat(Path.of("/bin/ps")).exists();
        TreeUse use = PsTable.read(List.of(ProcessHandle.current().pid()));

        assertThat(use.processes()).isOne();
        assertThat(use.residentBytes()).isGreaterThan(10_000_000);
    }
}
