package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Adding up chunks says the same as looking at every execution. */
@Timeout(60)
class ShapeChunksTest {
    @TempDir
    Path folder;

    @Test
    void addsUpAPartOfTheRunAsIfEachExecutionWereRead() throws IOException {
        Path file = BusyStory.write(folder.resolve("run.headroom"), 2_000);
        try (OpenRecording recording = OpenRecording.open(file, CheckContext.DEFAULT);
                RecordingReader reader = RecordingReader.open(file)) {
            recording.follow();
            long origin = recording.view().origin();
            long length = recording.view().length();
            Random random = new Random(4);
            for (int i = 0; i < 40; i++) {
                long from = i == 0 ? Long.MIN_VALUE : origin + (long) (random.nextDouble() * length);
                long to = i < 2 ? Long.MAX_VALUE : from + (long) (random.nextDouble() * length);
                TimeRange range = new TimeRange(from, to);
                ShapeTotals each = new ShapeTotals();
                reader.replay(oneByOne(range, each));

                String shapes = JSON.std.asString(ShapesAnswer.of(recording.shapes(range)));
                assertThat(shapes).isEqualTo(JSON.std.asString(ShapesAnswer.of(each)));
                assertThat(i > 0
                                || shapes.contains(ShapeTotals.OUTSIDE)
                                        && shapes.matches(".*\"failed\":[1-9].*\"summed\":[1-9].*orders/views.py.*"))
                        .as("the whole run has failures, counts without detail, call sites and background work")
                        .isTrue();
            }
        }
    }

    @Test
    void readsLittleOfALongRun() {
        Path file = BusyStory.write(folder.resolve("run.headroom"), 2_000);
        try (OpenRecording recording = OpenRecording.open(file, CheckContext.DEFAULT)) {
            recording.follow();
            long origin = recording.view().origin();
            long length = recording.view().length();
            TimeRange most = new TimeRange(origin + length / 10, origin + length * 9 / 10);
            ShapeTotals ahead = new ShapeTotals();

            assertThat(recording.view().addShapes(most, ahead)).hasSizeLessThanOrEqualTo(4);

            long summed = executions(ahead);
            assertThat(summed)
                    .isGreaterThan(executions(recording.shapes(most)) - 4 * (ShapeChunks.MOST_STATEMENTS + 400));
            assertThat(summed).isPositive();
        }
    }

    private static long executions(ShapeTotals totals) {
        return totals.all().stream()
                .mapToLong(each -> each.figure(ShapeFigures.COUNT))
                .sum();
    }

    private static TraceSink oneByOne(TimeRange range, ShapeTotals totals) {
        return new TraceSink() {
            @Override
            public void request(RequestTrace trace) {
                if (range.contains(trace.request().startNanos())) {
                    totals.add(trace);
                }
            }

            @Override
            public void outside(Query query) {
                if (range.contains(query.startNanos())) {
                    totals.addOutside(query);
                }
            }
        };
    }
}
