package dev.headroom.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.TestRequest;
import org.junit.jupiter.api.Test;

class OperationTallyTest {
    @Test
    void noPercentileIsAboveTheSlowestRequest() {
        for (int time = 1; time <= 200; time++) {
            OperationTally tally = new OperationTally("GET /a");
            tally.add(TestRequest.get("/a").waits(7.3 * time).build());
            OperationSummary summary = tally.summary();

            assertThat(summary.p95Nanos()).isLessThanOrEqualTo(summary.maxNanos());
            assertThat(summary.p50Nanos()).isLessThanOrEqualTo(summary.p95Nanos());
        }
    }
}
