package dev.headroom.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.MemorySample;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
    private final RunSummary summary = new RunSummary();

    @Test
    void processesThatTheKernelKilledBeforeTheRunAreNotTheRuns() {
        sample(7);
        assertThat(oomKills()).isZero();
        sample(8);
        sample(10);
        assertThat(oomKills()).isEqualTo(3);
    }

    @Test
    void processesThatTheKernelKilledAreUnknownWhereNoSampleTells() {
        sample(MemorySample.MISSING);
        sample(MemorySample.MISSING);
        assertThat(oomKills()).isEqualTo(MemorySample.MISSING);
    }

    private void sample(long oomKills) {
        summary.sample(new MemorySample(1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, oomKills));
    }

    private long oomKills() {
        return Objects.requireNonNull(summary.summary().memory()).oomKills();
    }
}
