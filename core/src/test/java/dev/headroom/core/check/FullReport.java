package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;

import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.RelationLoad;
import dev.headroom.core.trace.RunInfo;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A report in which every check found something, some of it at known places, for what must hold of any report. */
public final class FullReport {
    private static final DatabaseStatistics STATISTICS = new DatabaseStatistics() {
        @Override
        public long rows(String table) {
            return table.equals("offices") ? 3_120 : -1;
        }

        @Override
        public ColumnStatistics column(String table, String column) {
            return new ColumnStatistics(0.1, 100, 3_000);
        }
    };

    private FullReport() {}

    /** All scenarios of traces in one run, and what takes more than requests. */
    public static RunReport report() {
        return report(List.of());
    }

    /** The same, with something silenced. */
    public static RunReport report(List<Silence> silences) {
        RunReporter reporter = new RunReporter(new CheckContext(STATISTICS, 30_000_000_000L));
        reporter.run(new RunInfo(
                "python app.py", 1_768_478_400_000L, 1, "0.1.0", Map.of("os", "Linux", "framework", "django")));
        reporter.event(new Event(1, Event.Kind.INSTRUMENTATION, 0, "found django 3.2.25"));
        for (Scenario scenario : ScenariosTest.scenarios()) {
            scenario.requests().forEach(request -> reporter.request(request.build()));
        }
        Stream.of(10, 20, 40).forEach(rows -> reporter.request(growing(rows).build()));
        reporter.request(atAKnownPlace().build());
        reporter.request(get("/leaving")
                .begin(77_777)
                .run("select a from t where id = $1", 1)
                .build());
        reporter.request(get("/later")
                .waits(7_000)
                .run("select a from t where id = $1", 2)
                .build());
        for (int i = 1; i <= 2_000; i++) {
            reporter.connection(new Connection(i, i, 1_000_000, 6_000_000, 0));
        }
        for (Event.Kind kind : Event.Kind.values()) {
            reporter.event(new Event(5, kind, 3, "text of " + kind));
        }
        reporter.sample(new MemorySample(1, 5_000_000, 6_000_000, 0, 1, 8, 20, 1, -1, -1, -1, -1));
        reporter.jvm(new JvmSample(1, 7, 1_000_000, 2_000_000, 8_000_000, 9_000_000, 500_000, 3, 4_000_000, 12));
        reporter.counters(new CaptureCounters(3, 400, 5, 1, 2, 3, 4, 5, 6, 7, 8));
        return reporter.report(silences, LocalDate.of(2026, 1, 15));
    }

    private static TestRequest growing(int rows) {
        return get("/growing")
                .run(
                        1,
                        "select id, company_id from offices where company_id = $1",
                        7,
                        column("offices.id", range(1_000, 999 + rows)))
                .each(range(1_000, 999 + rows), 50, "select street from addresses where office_id = $1");
    }

    private static TestRequest atAKnownPlace() {
        CallSite view = new CallSite("shop/my views.py", 11, "shop.views.BookList", null, null);
        RelationLoad load =
                new RelationLoad("Book", "author", RelationLoad.Kind.TO_ONE, "Author", false, false, "author", view);
        CallSite lazy = new CallSite("shop/serializers.py", 30, "to_representation", "Book.author", null, load);
        return get("/books")
                .at(view)
                .run(
                        "select id, author_id from book",
                        column("book.id", range(1, 20)),
                        column("book.author_id", range(1, 20)))
                .at(lazy)
                .each(range(1, 20), 1, "SELECT * FROM \"author\" WHERE \"author\".\"id\" = $1 LIMIT 21")
                .at("/srv/app/elsewhere.py", 7, "absolute")
                .each(range(1, 20), 1, "select b from t where a = $1")
                .at("shop/unknown_line.py", 0, "compiled")
                .each(range(1, 20), 1, "select c from u where a = $1");
    }
}
