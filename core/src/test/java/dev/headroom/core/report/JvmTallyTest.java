package dev.headroom.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of Java processes. */
class JvmTallyTest {
    private static final long MB = 1L << 20;

    private final RunReporter reporter = new RunReporter(CheckContext.DEFAULT);

    private static JvmSample jvm(long nanos, long pid, long young, long collections) {
        return new JvmSample(nanos, pid, young * MB, 50 * MB, 200 * MB, 256 * MB, 30 * MB, collections, 7, 12);
    }

    private RunReport report() {
        return reporter.report(List.of(), LocalDate.of(2026, 1, 1));
    }

    @Test
    void addsUpProcessesOfOneMomentAndKeepsThePeak() {
        reporter.jvm(jvm(1, 10, 10, 1));
        reporter.jvm(jvm(1, 11, 20, 2));
        reporter.jvm(jvm(2, 10, 100, 3));

        assertThat(report().summary().jvm())
                .isEqualTo(new JvmSummary(2, 0, 150 * MB, 400 * MB, 512 * MB, 60 * MB, 5, 14, 24));
    }

    @Test
    void saysInTheMemoryLineWhatTheHeapUsed() {
        reporter.sample(new MemorySample(1, 400 * MB, 410 * MB, 0, 1, 20, 30, 0, -1, 512 * MB, -1, -1));
        reporter.jvm(jvm(1, 10, 160, 1));

        assertThat(new TextReport(TextStyle.PLAIN).render(report()).replace('\n', ' '))
                .contains("memory in its only sample 400 MB of 512 MB (JVM heap");

        reporter.sample(new MemorySample(2, 300 * MB, 310 * MB, 0, 1, 20, 30, 0, -1, 512 * MB, -1, -1));
        assertThat(new TextReport(TextStyle.PLAIN).render(report()).replace('\n', ' '))
                .contains("memory peak 400 MB of 512 MB (JVM heap 210 of 256 MB)");
        assertThat(JsonReport.render(report()).replaceAll("\\s", ""))
                .contains("\"peakHeapUsedBytes\":" + 210 * MB)
                .contains("\"heapMaxBytes\":" + 256 * MB);
    }

    @Test
    void namesInTheCoverageThoseThatTellNothing() {
        reporter.jvm(JvmSample.unknown(1, 10));
        reporter.jvm(JvmSample.unknown(1, 11));
        reporter.jvm(jvm(2, 11, 160, 1));

        assertThat(CoverageText.lines(report()).toString())
                .contains("the heap of 1 Java process that tells nothing of it (-XX:-UsePerfData");
        assertThat(report().summary().jvm())
                .extracting(JvmSummary::processes, JvmSummary::silent)
                .containsExactly(1, 1);
    }

    @Test
    void saysNothingOfAJvmWhereNoneWasSeen() {
        reporter.sample(new MemorySample(1, 400 * MB, 410 * MB, 0, 1, 20, 30, 0, -1, -1, -1, -1));

        assertThat(report().summary().jvm()).isNull();
        assertThat(new TextReport(TextStyle.PLAIN).render(report())).doesNotContain("JVM");
        assertThat(JsonReport.render(report())).contains("\"jvm\" : null");
    }
}
