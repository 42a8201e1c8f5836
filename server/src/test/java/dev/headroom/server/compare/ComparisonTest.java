package dev.headroom.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.Finding;
import dev.headroom.server.page.StoryRecordings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    Path folder;

    @Test
    void callsGoneWhatWasFixedAndKeepsTheRest() {
        ComparedRun before = ComparedRun.read(StoryRecordings.before(folder, 100), List.of());
        ComparedRun after = ComparedRun.read(StoryRecordings.after(folder, 100), List.of());

        Comparison comparison = before.with(after);

        assertThat(comparison.gone()).extracting(Finding::check).contains("repeated-query", "duplicate-query");
        assertThat(comparison.fresh()).isEmpty();
        assertThat(comparison.worse()).isFalse();
        RouteComparison orders = comparison.routes().stream()
                .filter(route -> route.operation().equals("GET /api/orders"))
                .findFirst()
                .orElseThrow();
        Change statements = Objects.requireNonNull(orders.changes().get(Metric.STATEMENTS));
        assertThat(statements.before().median()).isEqualTo(41);
        assertThat(statements.after().median()).isEqualTo(1);
        assertThat(statements.verdict()).isEqualTo(Change.Verdict.BETTER);
        assertThat(after.with(before).worse()).isTrue();
        assertThat(after.with(before).fresh()).hasSameSizeAs(comparison.gone());
    }

    @Test
    void aRunDoesNotDifferFromItself() {
        ComparedRun run = ComparedRun.read(StoryRecordings.before(folder, 50), List.of());

        Comparison comparison = run.with(run);

        assertThat(comparison.gone()).isEmpty();
        assertThat(comparison.fresh()).isEmpty();
        assertThat(comparison.routes())
                .allSatisfy(route -> assertThat(route.changes().values())
                        .allSatisfy(change -> assertThat(change.verdict()).isEqualTo(Change.Verdict.SAME)));
    }

    @Test
    void noiseIsNotCalledADifference() {
        Random random = new Random(3);
        int called = 0;
        for (int i = 0; i < 200; i++) {
            Change change = Change.of(Metric.TIME, noise(random, 1.0), noise(random, 1.0));
            called += change.verdict() == Change.Verdict.SAME ? 0 : 1;
        }
        // Of two intervals of 95% each, fewer than 1 pair in 100 lies apart by chance.
        assertThat(called).isLessThanOrEqualTo(4);
        assertThat(Change.of(Metric.TIME, noise(random, 1.0), noise(random, 2.0))
                        .verdict())
                .isEqualTo(Change.Verdict.WORSE);
    }

    @Test
    void aTimeOfFewRequestsIsNotJudged() {
        Spread one = Spread.of(new long[] {1_000_000});
        Spread other = Spread.of(new long[] {9_000_000});

        assertThat(Change.of(Metric.TIME, one, other).verdict()).isEqualTo(Change.Verdict.UNKNOWN);
    }

    @Test
    void markdownHoldsNoMarkupOfTheRecording() {
        ComparedRun before = ComparedRun.read(StoryRecordings.before(folder, 50), List.of());

        String text = ComparisonText.render(before.with(before));

        assertThat(text.lines().filter(line -> line.contains("<img")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches(".*`[^`]*<img[^`]*`.*"));
    }

    private static Spread noise(Random random, double factor) {
        return Spread.of(LongStream.generate(() -> (long) (factor * (20e6 + Math.abs(random.nextGaussian()) * 8e6)))
                .limit(60)
                .toArray());
    }
}
