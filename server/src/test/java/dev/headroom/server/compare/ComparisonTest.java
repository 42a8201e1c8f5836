package dev.headroom.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.FullReport;
import dev.headroom.core.check.Silence;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.server.page.StoryRecordings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        assertThat(ComparisonText.render(comparison))
                .as("which of several of one check")
                .contains("- proven: `t2`: one query runs 20 times a request in `GET /api/orders`");
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
    void countsTheProblemsThatTheReportOfARunCounts() {
        RunReport all = FullReport.report();
        assertThat(all.notes()).isNotEmpty();
        assertThat(all.problems()).anyMatch(problem -> !problem.consequences().isEmpty());
        Comparison same = Comparison.of(all, List.of(), all, List.of());
        assertThat(same.kept()).isEqualTo(all.problems());
        assertThat(ComparisonText.render(same))
                .contains("0 problems gone, 0 new, " + all.problems().size() + " kept");
    }

    @Test
    void aProblemThatWentAwayWithAnotherIsNeitherNewNorGoneOnItsOwn() {
        RunReport both = FullReport.report();
        RunReport second = FullReport.report(
                List.of(new Silence("repeated-query", null, null, null, null, "not in this one", null)));
        Comparison comparison = Comparison.of(both, List.of(), second, List.of());
        assertThat(comparison.fresh()).isEmpty();
        assertThat(Comparison.of(second, List.of(), both, List.of()).gone()).isEmpty();
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
    void comparesTheMemoryHeldDuringRequestsOfARoute() {
        Comparison comparison = runHolding(100 << 20).with(runHolding(60 << 20));

        Change memory =
                Objects.requireNonNull(comparison.routes().get(0).changes().get(Metric.MEMORY));
        assertThat(memory.before().median()).isBetween(100L << 20, 101L << 20);
        assertThat(memory.verdict()).isEqualTo(Change.Verdict.BETTER);
        assertThat(runHolding(100 << 20)
                        .with(runHolding(104 << 20))
                        .routes()
                        .get(0)
                        .changes()
                        .get(Metric.MEMORY))
                .extracting(Change::verdict)
                .isEqualTo(Change.Verdict.SAME);
    }

    @Test
    void comparesTheHeapsOfItsJavaProcessesDuringRequestsOfARoute() {
        Comparison comparison = runHolding(100 << 20).with(runHolding(60 << 20));

        Change heap =
                Objects.requireNonNull(comparison.routes().get(0).changes().get(Metric.HEAP));
        assertThat(heap.before().median()).isBetween(50L << 20, 51L << 20);
        assertThat(heap.verdict()).isEqualTo(Change.Verdict.BETTER);
        assertThat(ComparisonText.render(comparison))
                .contains("JVM heap meanwhile |\n")
                .contains("50 MB → 30 MB");
        assertThat(ComparisonJson.render(comparison)).contains("\"heap\"");
    }

    @Test
    void doesNotCallASingleSampleAPeak() {
        ComparedRun single = ComparedRun.read(StoryRecordings.before(folder, 1), List.of());
        ComparedRun several = ComparedRun.read(StoryRecordings.after(folder, 100), List.of());
        Comparison comparison = single.with(several);

        assertThat(ComparisonText.render(comparison))
                .containsPattern("memory \\d+ MB \\(in its only sample\\) → \\d+ MB;");
        assertThat(comparison.peaksBefore().memorySamples()).isEqualTo(1);
        assertThat(comparison.peaksAfter().memorySamples()).isGreaterThan(1);
    }

    /** Requests of 2 s, one after the other, with a sample each second; between two requests much more is held. */
    private static ComparedRun runHolding(long bytes) {
        FiguresSink sink = new FiguresSink();
        long second = 1_000_000_000L;
        for (long i = 0; i < 20; i++) {
            long start = 10 * second + i * 4 * second;
            for (long at = 0; at < 4; at++) {
                long held = at < 3 ? bytes + i * 1_000 : bytes * 4;
                sink.sample(new MemorySample(start + at * second, held, held, 0, 1, 9, 9, 0, -1, -1, -1, -1));
                // two Java processes that hold a quarter each, and one that says nothing
                sink.jvm(new JvmSample(start + at * second, 1, held / 8, held / 8, held, held, -1, 0, 0, 9));
                sink.jvm(new JvmSample(start + at * second, 2, -1, held / 4, held, held, -1, 0, 0, 9));
                sink.jvm(JvmSample.unknown(start + at * second, 3));
            }
            Request request = new Request(
                    i + 1,
                    "GET",
                    "/a",
                    "/a",
                    200,
                    start,
                    -1,
                    start,
                    start,
                    start + 2 * second,
                    start + 2 * second,
                    0,
                    10,
                    1,
                    false,
                    Outcome.COMPLETED);
            sink.request(new RequestTrace(request, List.of(), List.of(), new ResponseValues(Digests.of(), true, true)));
        }
        return new ComparedRun(
                new RunReporter(CheckContext.DEFAULT).report(List.of(), LocalDate.of(2026, 1, 1)), sink.figures());
    }

    @Test
    void sarifSaysWhichFindingsAreNewUnchangedAndAbsent() throws IOException {
        ComparedRun before = ComparedRun.read(StoryRecordings.before(folder, 50), List.of());
        ComparedRun after = ComparedRun.read(StoryRecordings.after(folder, 50), List.of());

        assertThat(states(before.with(after))).contains("absent").doesNotContain("new");
        assertThat(states(after.with(before))).contains("new").doesNotContain("absent");
        assertThat(states(before.with(before))).containsOnly("unchanged");
    }

    private static List<Object> states(Comparison comparison) throws IOException {
        Map<String, Object> log = JSON.std.mapFrom(ComparisonSarif.render(comparison));
        Map<?, ?> run =
                (Map<?, ?>) Objects.requireNonNull((List<?>) log.get("runs")).get(0);
        List<Object> states = new ArrayList<>();
        for (Object result : Objects.requireNonNull((List<?>) run.get("results"))) {
            states.add(((Map<?, ?>) result).get("baselineState"));
        }
        return states;
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
