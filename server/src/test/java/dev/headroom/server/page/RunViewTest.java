package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunViewTest {
    @TempDir
    Path folder;

    @Test
    void thePageFindsWhatTheReportFindsWithAllThatTheDatabaseAndTheOrmTold() {
        Path file = StoryRecordings.described(folder, 200);
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(file);
                OpenRecording opened = OpenRecording.open(file, CheckContext.DEFAULT)) {
            reader.replay(reporter);
            opened.follow();
            RunReport report = reporter.report(List.of(), LocalDate.EPOCH);

            RunReport page = opened.view().report(List.of(), LocalDate.EPOCH);

            assertThat(page.findings()).isEqualTo(report.findings());
            assertThat(page.coverage()).isEqualTo(report.coverage());
            assertThat(page.summary()).isEqualTo(report.summary());
            assertThat(page.coverage().toString())
                    .as("what growth could judge")
                    .doesNotContain("statistics were not read");
        }
    }
}
