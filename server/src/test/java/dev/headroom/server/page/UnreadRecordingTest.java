package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnreadRecordingTest {
    @TempDir
    Path folder;

    @Test
    void isComparedOnlyOnceItWasReadToItsEnd() {
        RecordingAnswers answers = new RecordingAnswers(List::of);
        Path story = StoryRecordings.before(folder, 20);
        try (OpenRecording read = OpenRecording.open(story, CheckContext.DEFAULT);
                OpenRecording unread = OpenRecording.open(story, CheckContext.DEFAULT)) {
            read.follow();

            assertThatThrownBy(() -> answers.compare(read, unread))
                    .isInstanceOf(HeadroomException.class)
                    .hasMessageContaining("still being read");
            assertThatThrownBy(() -> answers.compare(unread, read)).isInstanceOf(HeadroomException.class);
            unread.follow();
            assertThat(answers.compare(read, unread)).asString().contains("GET /api/orders");
        }
    }
}
