package dev.headroom.core.report;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.Budget;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Silence;
import dev.headroom.core.check.TestRequest;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.RunInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);

    @Test
    void theAnswerAndTheRoutesAreInTheFirstLines() {
        String text = new TextReport(TextStyle.PLAIN).render(report(List.of()));
        assertThat(text.lines().limit(15))
                .anyMatch(line -> line.startsWith("GET /api/orders runs 41 statements a request; 38 are avoidable"));
        assertThat(text.lines().limit(15))
                .anyMatch(line -> line.startsWith("GET /api/orders ") && line.contains(" 41 "));
        assertThat(text)
                .contains("proven · repeated-query")
                .contains("fix, Django: ")
                .contains("Not seen: nothing that we know of");
    }

    @Test
    void aFindingsStatementsAreCalledAvoidableSinceOneOfTheRepeatedIsNeeded() {
        String text = new TextReport(TextStyle.PLAIN).render(report(List.of()));
        assertThat(text)
                .contains("one query runs 20 times a request")
                .containsPattern("\\n {4}proven · repeated-query [0-9a-f]{10}\\n {4}19 avoidable statements, \\d");
        assertThat(new TextReport(new TextStyle(120, false)).render(report(List.of())))
                .containsPattern("\\n {4}proven · repeated-query [0-9a-f]{10} · 19 avoidable statements, \\d");
        assertThat(MarkdownReport.render(report(List.of())))
                .containsPattern("repeated-query `[0-9a-f]{10}` · 19 avoidable statements, \\d");
    }

    @Test
    void aCommandOfSeveralLinesStandsInOne() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.run(new RunInfo("python3 -c \nimport app\n\tapp.run()\n", 0, 0, "0.1.0", Map.of()));

        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .startsWith("Headroom 0.1.0 · python3 -c import app app.run()\n");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        for (int width : new int[] {80, 100, 120}) {
            assertThat(new TextReport(new TextStyle(width, false))
                            .render(report(List.of()))
                            .lines())
                    .allMatch(line -> line.length() <= width);
        }
    }

    @Test
    void coloursOnlyATerminalThatWantsThem() {
        assertThat(TextStyle.of(true, Map.of("COLUMNS", "100"))).isEqualTo(new TextStyle(100, true));
        assertThat(TextStyle.of(true, Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(TextStyle.of(true, Map.of("TERM", "dumb")).colour()).isFalse();
        assertThat(TextStyle.of(false, Map.of()).colour()).isFalse();
        assertThat(TextStyle.of(true, Map.of("COLUMNS", "7 or so")).width()).isEqualTo(80);
        assertThat(new TextReport(TextStyle.PLAIN).render(report(List.of()))).doesNotContain("\u001b");
        assertThat(new TextReport(new TextStyle(80, true)).render(report(List.of())))
                .contains("\u001b[1m");
    }

    @Test
    void anEmptyRunDoesNotLookClean() {
        RunReport empty = new RunReporter(CheckContext.DEFAULT).report(List.of(), TODAY);
        assertThat(new TextReport(TextStyle.PLAIN).render(empty))
                .contains("No request came through Headroom")
                .contains("Not seen: any request, nor any statement")
                .doesNotContain("No problem", "nothing that we know of");
    }

    @Test
    void whatWentWrongIsShownBeforeWhatHappensInEveryRunAndOnceThoughItHappenedOften() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        happened(reporter, Event.Kind.APP_STARTED, "the app was started");
        for (String each : List.of("waitress", "django", "psycopg2", "djangorestframework")) {
            happened(reporter, Event.Kind.INSTRUMENTATION, "found " + each);
        }
        happened(reporter, Event.Kind.APP_LISTENING, "the app listens on port 1");
        for (int i = 0; i < 17; i++) {
            happened(reporter, Event.Kind.DATABASE_UNREACHABLE, "no connection to the server");
        }
        happened(reporter, Event.Kind.APP_EXITED, "the app was ended by signal 9");
        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .contains("event: found waitress\n", """
                        event: no connection to the server (17 times)
                        event: the app was ended by signal 9
                        and 2 events more
                        """)
                .doesNotContain("was started");
    }

    @Test
    void aRunWhoseConnectionsWereAllRefusedSaysSoAndDoesNotLookClean() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a").status(500).build());
        String refusal = "the database refused a connection: too many connections (SQLSTATE 53300)";
        for (int i = 0; i < 10; i++) {
            happened(reporter, Event.Kind.DATABASE_REFUSED, refusal);
        }
        RunReport report = reporter.report(List.of(), TODAY);
        assertThat(new TextReport(new TextStyle(120, false)).render(report))
                .contains("No statement was seen: 10 connections to the database failed, and none succeeded.\n")
                .contains("event: " + refusal + " (10 times)\n")
                .contains("Not seen: what 10 failed connections to the database would have asked.")
                .doesNotContain("nothing that we know of", "opened no connection");
    }

    @Test
    void anEventThatComesAgainAndAgainLeavesRoomForOthers() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        for (int i = 0; i < 1_000; i++) {
            happened(reporter, Event.Kind.DATABASE_UNREACHABLE, "no connection to the server");
        }
        happened(reporter, Event.Kind.APP_EXITED, "the app was ended by signal 9");
        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .contains("""
                        event: no connection to the server (at least 50 times)
                        event: the app was ended by signal 9
                        and 950 events more
                        """);
    }

    private static void happened(RunReporter reporter, Event.Kind kind, String text) {
        reporter.event(new Event(1, kind, 0, text));
    }

    @Test
    void aTableThatLeavesOutStatementsOfNoKnownRequestSaysSo() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a").run("select 1").build());
        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .doesNotContain("too low");
        reporter.outside(get("/a")
                .attribution(Attribution.UNATTRIBUTED)
                .run("select 2")
                .build()
                .queries()
                .get(0));
        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .contains("\nWithout 1 statement of no known request, so statements, rows and KB are too low");
    }

    @Test
    void requestsThatFailedAreSaidByRoute() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a").build());
        reporter.request(get("/a").status(500).build());
        reporter.request(get("/b").build());
        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .contains("\nRequests that failed (status 5xx, or no whole answer): GET /a (1 of 2)\n");
    }

    @Test
    void checksOfWhichThereIsNothingMoreToSayShareAPart() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a")
                .run("select user_id from orders", column("orders.user_id", range(101, 120)))
                .each(range(101, 120), 1, "select name from users where id = $1")
                .each(range(101, 120), 1, "select name from users where id = $1")
                .build());
        String checks = String.join(" ", CoverageText.lines(reporter.report(List.of(), TODAY)));
        assertThat(checks)
                .contains("repeated-query found 1; duplicate-query found 1;")
                .containsOnlyOnce("nothing found by")
                .contains(" and failed-query");
    }

    @Test
    void statementsWithoutTheirLinesAreCountedWhereOthersHaveThem() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a")
                .run("select name from users where id = $1", 1)
                .run("select name from users where id = $1", 2)
                .build());
        assertThat(CoverageText.lines(reporter.report(List.of(), TODAY)).toString())
                .doesNotContain("lines of code");
        reporter.request(get("/b")
                .at("app/views.py", 7, "b")
                .run("select name from users where id = $1", 3)
                .build());
        assertThat(CoverageText.lines(reporter.report(List.of(), TODAY)).toString())
                .contains("Not seen: 2 requests' statements without their lines of code.");
    }

    @Test
    void statementsThatWereToldOfWithoutTheirRequestAreCounted() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/a").run("select 1").build());
        reporter.counters(new CaptureCounters(1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        assertThat(CoverageText.lines(reporter.report(List.of(), TODAY)))
                .anyMatch(line -> line.startsWith("Placed by time alone: 1 statement that the app itself told of"));
    }

    @Test
    void aRunWhoseDatabaseWasNotSeenDoesNotLookClean() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.request(get("/login").build());
        assertThat(new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY)))
                .contains("--db URL")
                .contains("Not seen: any statement")
                .doesNotContain("nothing that we know of")
                .doesNotContain("Not seen either")
                .doesNotContain("nothing found by");
        reporter.counters(new CaptureCounters(3, 0, 0, 1, 0, 0, 0, 0, 2, 1, 0));
        assertThat(CoverageText.lines(reporter.report(List.of(), TODAY)))
                .contains("Not seen either: 1 request lost, 2 text responses in an encoding that can't be read,"
                        + " 1 text response not read whole (too large, or too many at once).");
    }

    @Test
    void connectionsThatWerePassedOnUnreadAreNotCalledNone() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.counters(new CaptureCounters(0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0));
        assertThat(CoverageText.lines(reporter.report(List.of(), TODAY)))
                .contains("Not seen: 2 connections passed on unread.");
    }

    @Test
    void aLongListIsShownInFullWhereItIsDearestAndCountedAtItsEnd() {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        for (int i = 10; i < 50; i++) {
            reporter.request(get("/route" + i)
                    .each(range(1, i), 1, "select name from users where id = $1")
                    .build());
        }
        String text = new TextReport(TextStyle.PLAIN).render(reporter.report(List.of(), TODAY));
        assertThat(text)
                .contains("40 problems, the dearest first")
                .contains("\n 12 GET /route38: one query runs 38 times a request")
                .doesNotContain("\n 13 ")
                .contains("\nGET /route37: one query runs 37 times a request (SELECT name FROM users")
                .contains("and 18 more: 18 repeated-query")
                .doesNotContain("GET /route20: ");
    }

    @Test
    void silencesTakeFindingsOutAndSayWhenTheyNoLongerMatch() {
        RunReport report = report(List.of(
                new Silence("repeated-query", "/api/*", null, null, null, "known", null),
                new Silence(null, "/gone", null, null, null, "old", null),
                new Silence("duplicate-query", null, null, null, null, "until spring", LocalDate.of(2026, 1, 14))));
        assertThat(report.findings()).extracting(finding -> finding.check()).containsExactly("duplicate-query");
        assertThat(report.silenced()).hasSize(1);
        assertThat(report.warnings()).hasSize(2);
        assertThat(report.warnings().get(0)).contains("matches nothing").contains("/gone");
        assertThat(report.warnings().get(1)).contains("expired on 2026-01-14");
    }

    @Test
    void theJsonSaysTheSame() {
        String json = JsonReport.render(report(List.of()));
        assertThat(json)
                .contains("\"format\" : \"headroom-report\"")
                .contains("\"statementsMedian\" : 41")
                .contains("\"evidence\" : \"proven\"");
    }

    @Test
    void aGateFailsOnBudgetsEvidenceAndRoutesThatWereNeverTested() {
        RunReport report = report(List.of());
        assertThat(new Gate(List.of(new Budget("GET /api/orders", 41)), null, Set.of())
                        .judge(report)
                        .passed())
                .isTrue();
        assertThat(new Gate(List.of(new Budget("/api/orders", 40)), null, Set.of())
                        .judge(report)
                        .render(report))
                .contains("a request ran 41 statements (median 41), the budget is 40");
        assertThat(new Gate(List.of(new Budget("/api/users", 40)), null, Set.of())
                        .judge(report)
                        .render(report))
                .contains("nothing was tested");
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of()).judge(report).violations())
                .hasSize(2);
        assertThat(new Gate(List.of(), Evidence.LIKELY, Set.of("slow-query"))
                        .judge(report)
                        .passed())
                .isTrue();
    }

    private static RunReport report(List<Silence> silences) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        reporter.run(new RunInfo(
                "waitress-serve --threads=8 --port=8000 wsgi:application",
                0,
                0,
                "0.1.0",
                Map.of("framework", "django")));
        for (int i = 0; i < 3; i++) {
            TestRequest request = get("/api/orders")
                    .run(
                            "select id, user_id from orders",
                            column("orders.id", range(1, 20)),
                            column("orders.user_id", range(101, 120)))
                    .each(range(101, 120), 0.5, "select id, name from users where id = $1");
            for (int j = 0; j < 20; j++) {
                request.run("select street from addresses where user_id = $1 and active limit 1", 7);
            }
            reporter.request(request.build());
        }
        reporter.request(get("/api/a/very/long/route/that/does/not/fit/{id}/the/table")
                .run("select a from t")
                .build());
        return reporter.report(silences, TODAY);
    }
}
