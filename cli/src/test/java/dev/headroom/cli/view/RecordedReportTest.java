package dev.headroom.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.cli.config.HeadroomToml;
import dev.headroom.core.report.TextStyle;
import dev.headroom.server.page.StoryRecordings;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedReportTest {
    private static final String MISSING =
            "the end of the run, which goes on, was killed or could not be written to its end";

    @TempDir
    Path folder;

    @Test
    void saysThatTheEndIsMissingUntilTheRunHasEnded() {
        Path file = folder.resolve("run.headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            assertThat(writer.status().complete()).isTrue();
            assertThat(report(file)).contains(MISSING);
        }
        assertThat(report(file)).doesNotContain(MISSING);
        assertThat(report(StoryRecordings.before(folder, 20)))
                .contains("Not seen: ")
                .doesNotContain(MISSING);
    }

    private static String report(Path file) {
        // whatever the width that lines are broken at
        return ReportFormat.TEXT
                .render(RecordedReport.of(file, HeadroomToml.NONE), TextStyle.PLAIN)
                .replaceAll("\\s+", " ");
    }
}
