package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppEndTest {
    private static final String UNHEARD =
            "the app ended with exit status 1 after 0.3 s, before it listened on port 2000";

    private final AppEnd end = new AppEnd(1, UNHEARD);
    private final RunReporter reporter = new RunReporter(CheckContext.DEFAULT);

    @Test
    void aDatabaseThatIsAwayIsTheCauseThatIsNamed() {
        happened(Event.Kind.APP_STARTED, "the app was started");
        happened(Event.Kind.DATABASE_UNREACHABLE, "no connection to the PostgreSQL server at db:5432: refused");

        assertThat(end.explained(seen()))
                .isEqualTo(UNHEARD + "; no connection to the PostgreSQL server at db:5432: refused");
    }

    @Test
    void aJobThatAskedItsDatabaseIsNotToldOfPorts() {
        reporter.outside(new Query(
                1,
                0,
                Attribution.BACKGROUND,
                1,
                0,
                new QueryShape(1, "SELECT ?", StatementKind.SELECT, List.of(), false),
                null,
                1,
                0,
                2,
                1,
                60,
                Digests.NONE,
                true,
                List.of(),
                null));

        assertThat(end.explained(seen())).isNull();
    }

    @Test
    void whereNothingWasSeenItMayLackItsPort() {
        assertThat(end.explained(seen()))
                .startsWith(UNHEARD + "; if it insists on a port")
                .contains("--port");
    }

    @Test
    void anEndLikeAnyOtherIsNotExplained() {
        happened(Event.Kind.DATABASE_REFUSED, "the database refused a connection");

        assertThat(new AppEnd(1, null).explained(seen())).isNull();
    }

    private void happened(Event.Kind kind, String text) {
        reporter.event(new Event(1, kind, 0, text));
    }

    private RunReport seen() {
        return reporter.report(List.of(), LocalDate.of(2026, 1, 1));
    }
}
