package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Finding;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingReader;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording leaves out what nothing compares with; what is found must not depend on it. */
class SameFindingsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 400})
    void liveAndFromARecording(int requests) {
        assertSame(sink -> StoryRecording.tell(sink, requests, false));
        assertSame(sink -> StoryRecording.tell(sink, requests, true));
    }

    @Test
    void alsoOfRequestsOfManyRows() {
        assertSame(sink -> ManyRows.tell(sink, 8, 1_000, 12));
    }

    private void assertSame(Consumer<TraceSink> story) {
        RunReporter live = new RunReporter(CheckContext.DEFAULT);
        story.accept(live);
        Path file = folder.resolve("run" + System.nanoTime() + ".headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS)) {
            story.accept(writer);
        }
        RunReporter replayed = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(file)) {
            reader.replay(replayed);
        }

        LocalDate today = LocalDate.EPOCH;
        RunReport one = live.report(List.of(), today);
        RunReport other = replayed.report(List.of(), today);
        assertThat(one.findings()).extracting(Finding::id).doesNotHaveDuplicates();
        assertThat(other.findings()).isEqualTo(one.findings());
        assertThat(other.coverage()).isEqualTo(one.coverage());
        assertThat(other.summary()).isEqualTo(one.summary());
    }
}
