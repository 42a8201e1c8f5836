package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.check.CheckContext;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Adding up chunks says the same as looking at every request. */
@Timeout(60)
class ShapeChunksTest {
    @TempDir
    Path folder;

    @Test
    void addsUpAPartOfTheRunAsIfEachRequestWereRead() throws IOException {
        Path file = StoryRecording.write(folder.resolve("run.headroom"), 5 * ShapeChunks.SIZE + 77, false);
        try (OpenRecording recording = OpenRecording.open(file, CheckContext.DEFAULT);
                RecordingReader reader = RecordingReader.open(file)) {
            recording.follow();
            long origin = recording.view().origin();
            long length = recording.view().length();
            Random random = new Random(4);
            for (int i = 0; i < 40; i++) {
                long from = origin + (long) (random.nextDouble() * length);
                long to = i == 0 ? Long.MAX_VALUE : from + (long) (random.nextDouble() * length);
                ShapeTotals each = new ShapeTotals();
                reader.summaries(from, to, each::add);

                assertThat(JSON.std.asString(ShapesAnswer.of(recording.shapes(new TimeRange(from, to)))))
                        .isEqualTo(JSON.std.asString(ShapesAnswer.of(each)));
            }
        }
    }
}
