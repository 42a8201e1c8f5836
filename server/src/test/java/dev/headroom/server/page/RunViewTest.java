package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.server.recording.RecordingReader;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunViewTest {
    private static final DatabaseFacts STATISTICS = new DatabaseFacts(
            List.of(new DatabaseFacts.Table("office", 100_000), new DatabaseFacts.Table("order", 900_000)),
            List.of(
                    new DatabaseFacts.Column("office", "company_id", 0.4, 30, 30_000),
                    new DatabaseFacts.Column("order", "office_id", 0.1, 90, 30_000)),
            List.of(new DatabaseFacts.ForeignKey("order", "office_id", "office", "id")));
    private static final OrmFacts MODELS = new OrmFacts(
            List.of(new OrmFacts.Table(
                    "order", "Order", "orders.models", List.of(new OrmFacts.Column("office_id", "office", "Office")))),
            List.of());

    @TempDir
    Path folder;

    @Test
    void thePageFindsWhatTheReportFindsWithAllThatTheDatabaseAndTheOrmTold() {
        Path file = folder.resolve("run.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            writer.database(STATISTICS);
            writer.orm(MODELS);
            StoryRecording.tell(writer, 200, false);
        }
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
