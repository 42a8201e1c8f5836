package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Test
    void moreCallSitesThanHaveANumberAreLookedAtOneByOne() {
        ShapeChunks chunks = new ShapeChunks();
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            // a statement's first 20 places are kept
            queries.add(query(i, i / 20));
            chunks.row(i);
            chunks.addOutside(queries.get(i));
        }
        ShapeTotals totals = new ShapeTotals();

        for (long[] rows : chunks.addTo(totals, TimeRange.ALL)) {
            queries.subList((int) rows[0], (int) rows[1] + 1).forEach(totals::addOutside);
        }

        assertThat(totals.all())
                .hasSize(300)
                .allSatisfy(total -> assertThat(total.callSites.times())
                        .hasSize(20)
                        .allSatisfy((place, times) -> assertThat(times).isOne()));
    }

    private static Query query(int place, int shape) {
        return new Query(
                place + 1,
                0,
                Attribution.BACKGROUND,
                1,
                0,
                new QueryShape(shape + 1, "SELECT " + shape, StatementKind.SELECT, List.of(), false),
                new CallSite("app.py", place + 1, "load", null, null),
                place,
                0,
                place + 1,
                1,
                60,
                Digests.NONE,
                true,
                List.of(),
                null);
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
