package dev.headroom.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.server.page.StoryRecordings;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparedRunTest {
    @TempDir
    Path folder;

    @Test
    void aComparedRunIsJudgedByAllThatTheReportIsJudgedBy() {
        Path recording = StoryRecordings.described(folder, 200);
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(reporter);
        }
        RunReport report = reporter.report(List.of(), LocalDate.EPOCH);

        RunReport compared = ComparedRun.read(recording, List.of()).report();

        assertThat(compared.findings()).isEqualTo(report.findings());
        assertThat(compared.coverage()).isEqualTo(report.coverage());
        assertThat(compared.summary()).isEqualTo(report.summary());
        assertThat(compared.coverage().toString())
                .as("what growth could judge")
                .doesNotContain("statistics were not read");
    }
}
