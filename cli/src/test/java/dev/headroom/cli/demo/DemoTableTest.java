package dev.headroom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.MemorySample;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoTableTest {
    @Test
    void thePeakIsTheMostOfTheSamples() {
        assertThat(DemoTable.lines(stages(run(300, 410, 350), run(200, 210), run())))
                .last()
                .asString()
                .matches(" {2}app's memory peak, MB +410 +210 +-");
    }

    @Test
    void aSingleSampleIsNotCalledAPeak() {
        List<String> lines = DemoTable.lines(stages(run(300, 410), run(205), run(190, 180)));

        assertThat(lines.get(lines.size() - 2)).matches(" {2}app's memory peak, MB +410 +205\\* +190");
        assertThat(lines).last().isEqualTo("  * in its only sample, which is no peak");
    }

    private static Map<String, RunReport> stages(RunReport before, RunReport narrow, RunReport joined) {
        Map<String, RunReport> stages = new LinkedHashMap<>();
        stages.put("before", before);
        stages.put("narrow", narrow);
        stages.put("joined", joined);
        return stages;
    }

    private static RunReport run(long... megabytes) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        long nanos = 0;
        for (long each : megabytes) {
            nanos += 1_000_000_000;
            long bytes = each * 1_000_000;
            reporter.sample(new MemorySample(nanos, bytes, bytes, 0, 1, 10, 20, 0, -1, -1, -1, -1));
        }
        return reporter.report(List.of(), LocalDate.of(2026, 11, 28));
    }
}
