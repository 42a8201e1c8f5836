package dev.headroom.core.report;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.Budget;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.DuplicateQueryCheck;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Silence;
import dev.headroom.core.check.TestRequest;
import dev.headroom.core.trace.Event;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final String USER = "select id, name from users where id = $1";
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);

    @Test
    void failsOnWhatIsKnownWellEnoughAndSaysWhereItIs() {
        String verdict = new Gate(List.of(), Evidence.PROVEN, Set.of())
                .judge(report(repeated()))
                .render(report(repeated()));
        assertThat(verdict)
                .startsWith("headroom check: failed\n  GET /a: proven repeated-query ")
                .contains("\n    SELECT id, name FROM users WHERE id = ?\n")
                .endsWith("Tested: 1 request of 1 route, 21 statements.\n");
        assertThat(new Gate(List.of(), Evidence.PROVEN, Set.of())
                        .judge(report(likely()))
                        .passed())
                .isTrue();
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of())
                        .judge(report(likely()))
                        .passed())
                .isFalse();
    }

    @Test
    void aCheckThatIsAskedForFailsAlsoWhereItsFindingGoesAwayWithAnother() {
        RunReport report = report(repeatedTwice());
        assertThat(report.problems()).hasSize(1);
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of(DuplicateQueryCheck.ID))
                        .judge(report)
                        .violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.text()).contains("duplicate-query"));
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of("slow-query"))
                        .judge(report)
                        .passed())
                .isTrue();
    }

    @Test
    void whereNothingWasTestedNothingPasses() {
        RunReport empty = report();
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of()).judge(empty).render(empty))
                .contains("failed", "the recording: no request and no statement was recorded: nothing was tested");
        RunReport blind = report(get("/a"));
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of()).judge(blind).render(blind))
                .contains("failed", "no connection to a database through Headroom: nothing was tested");
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a").build());
        reporter.event(new Event(1, Event.Kind.DATABASE_REFUSED, 0, "the database refused a connection"));
        RunReport refused = reporter.report(List.of(), TODAY);
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of()).judge(refused).render(refused))
                .contains("failed", "none of the app's connections to its database succeeded: nothing was tested")
                .contains("Not seen: what 1 failed connection to the database would have asked.");
        RunReport other = report(repeated());
        assertThat(new Gate(List.of(new Budget("GET /gone", 5)), null, Set.of())
                        .judge(other)
                        .render(other))
                .contains("GET /gone: has a budget, but no request of it was recorded");
    }

    @Test
    void aBudgetHoldsForEachRouteThatItsPatternMatches() {
        RunReport report = report(repeated(), get("/b").run("select a from t"));
        assertThat(new Gate(List.of(new Budget("/*", 5)), null, Set.of())
                        .judge(report)
                        .violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.operation()).isEqualTo("GET /a"));
        assertThat(new Gate(List.of(new Budget("GET /*", 21)), null, Set.of())
                        .judge(report)
                        .passed())
                .isTrue();
    }

    @Test
    void whatIsSilencedDoesNotFailUntilTheSilenceExpires() {
        Silence silence = new Silence("repeated-query", "GET /a", null, null, null, "known", TODAY);
        RunReporter reporter = reporter(repeated());
        Gate gate = new Gate(List.of(), Evidence.LIKELY, Set.of());
        assertThat(gate.judge(reporter.report(List.of(silence), TODAY)).passed())
                .isTrue();
        RunReport later = reporter.report(List.of(silence), TODAY.plusDays(1));
        assertThat(gate.judge(later).passed()).isFalse();
        assertThat(later.warnings())
                .containsExactly("a silence expired on 2026-01-15: check repeated-query, route GET /a");
    }

    @Test
    void theBaselineOfAnotherAppIsNoneAndOneOfMoreRoutesSaysWhatWasNotTested() {
        Baseline other = Baseline.of(report(get("/elsewhere").run("select a from t")));
        RunReport report = report(get("/a").run("select a from t"));
        assertThat(other.judge(report).render(report))
                .contains("the baseline: no route of it was requested: nothing was compared");
        Baseline more =
                Baseline.of(report(get("/a").run("select a from t"), get("/c").run("select a from t")));
        assertThat(more.judge(report).passed()).isTrue();
        assertThat(more.untested(report)).containsExactly("GET /c");
    }

    @Test
    void whatWentAwayWithAnotherFindingIsNotNewOnceThatIsMended() {
        RunReport before = report(repeatedTwice());
        // the values no longer come one after another of a loop, but the same is still asked twice
        RunReport after = report(duplicatesOnly());
        assertThat(after.problems())
                .singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo(DuplicateQueryCheck.ID));
        assertThat(Baseline.of(before).judge(after).render(after)).doesNotContain("new:");
        assertThat(Baseline.parse("report.json", JsonReport.render(before))
                        .judge(after)
                        .render(after))
                .doesNotContain("new:");
    }

    private static TestRequest repeated() {
        return get("/a")
                .run("select user_id from orders", column("orders.user_id", range(101, 120)))
                .each(range(101, 120), 1, USER);
    }

    private static TestRequest likely() {
        return get("/a").each(range(101, 120), 1, USER);
    }

    private static TestRequest repeatedTwice() {
        return repeated().each(range(101, 120), 1, USER);
    }

    private static TestRequest duplicatesOnly() {
        TestRequest request = get("/a");
        for (int i = 0; i < 20; i++) {
            request.run(1, USER, 101);
        }
        return request;
    }

    private static RunReport report(TestRequest... requests) {
        return reporter(requests).report(List.of(), TODAY);
    }

    private static RunReporter reporter(TestRequest... requests) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        for (TestRequest request : requests) {
            reporter.request(request.build());
        }
        return reporter;
    }
}
