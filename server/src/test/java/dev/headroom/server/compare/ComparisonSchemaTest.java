package dev.headroom.server.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.FullReport;
import dev.headroom.core.check.Silence;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.report.Schemas;
import dev.headroom.server.page.StoryRecordings;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds what machines read of a comparison against its schemas. */
class ComparisonSchemaTest {
    @TempDir
    Path folder;

    @Test
    void findingsOfEveryCheckThatCameStayedAndWentAreWhatTheSchemasSay() {
        RunReport all = FullReport.report();
        RunReport some = FullReport.report(
                List.of(new Silence("repeated-query", null, null, null, null, "not in this one", null)));
        RunReport none = new RunReporter(CheckContext.DEFAULT).report(List.of(), LocalDate.of(2026, 1, 15));
        List<RouteFigures> requested = all.summary().operations().stream()
                .map(operation -> new RouteFigures(operation.operation(), 1, Map.of()))
                .toList();
        holds(Comparison.of(all, requested, some, requested));
        holds(Comparison.of(some, requested, all, requested));
        holds(Comparison.of(all, requested, none, List.of()));
        Comparison went = Comparison.of(all, requested, some, requested);
        assertThat(went.gone()).isNotEmpty();
        assertThat(went.kept()).isNotEmpty();
        assertThat(Comparison.of(all, requested, none, List.of()).untested()).isNotEmpty();
    }

    @Test
    void figuresOfRecordedRunsAreWhatTheSchemasSay() {
        ComparedRun before = ComparedRun.read(StoryRecordings.before(folder, 100), List.of());
        ComparedRun after = ComparedRun.read(StoryRecordings.after(folder, 100), List.of());
        Comparison comparison = before.with(after);
        assertThat(comparison.routes())
                .anySatisfy(route -> assertThat(route.changes()).isNotEmpty());
        holds(comparison);
        holds(after.with(before));
    }

    private static void holds(Comparison comparison) {
        assertThat(Schemas.ours("comparison", ComparisonJson.render(comparison)))
                .isEmpty();
        assertThat(Schemas.sarif(ComparisonSarif.render(comparison))).isEmpty();
    }
}
