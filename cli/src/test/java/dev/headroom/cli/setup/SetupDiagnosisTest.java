package dev.headroom.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.cli.setup.SetupFacts.Answer;
import dev.headroom.cli.setup.SetupFacts.PassedBy;
import dev.headroom.cli.setup.SetupFinding.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupDiagnosisTest {
    @Test
    void aConnectionToAPostgresElsewhereIsMissedThoughOthersCameThrough() {
        List<SetupFinding> findings =
                SetupDiagnosis.of(facts(2, List.of(new PassedBy("10.0.0.5:5432", "PostgreSQL", true)), true));

        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.level()).isEqualTo(Level.MISSED);
            assertThat(finding.text()).isEqualTo("the app opened a connection to 10.0.0.5:5432 past the proxy");
            assertThat(finding.next()).contains("--db");
        });
        assertThat(SetupDiagnosis.complete(findings)).isFalse();
    }

    @Test
    void whatIsNotKnownToBeTheAppsIsNotCalledSo() {
        assertThat(SetupDiagnosis.of(facts(0, List.of(new PassedBy("10.0.0.5:5432", "PostgreSQL", false)), true)))
                .anySatisfy(finding -> assertThat(finding.text()).contains("probably by the app"));
    }

    @Test
    void otherServersAreNotedAndFailNothing() {
        List<SetupFinding> findings = SetupDiagnosis.of(facts(
                1,
                List.of(new PassedBy("10.0.0.6:6379", "Redis", true), new PassedBy("10.0.0.7:9", null, true)),
                true));

        assertThat(findings)
                .filteredOn(finding -> finding.id().equals("other-connection"))
                .extracting(SetupFinding::text)
                .containsExactly(
                        "the app opened a connection to 10.0.0.6:6379, where Redis usually is; Headroom doesn't read it",
                        "the app opened a connection to 10.0.0.7:9; Headroom doesn't read it");
        assertThat(SetupDiagnosis.complete(findings)).isTrue();
    }

    @Test
    void addressesWithoutAConnectionLeaveItOpen() {
        List<SetupFinding> findings = SetupDiagnosis.of(facts(0, List.of(), true));

        assertThat(findings).extracting(SetupFinding::id).contains("no-connection");
        assertThat(SetupDiagnosis.complete(findings)).isFalse();
    }

    @Test
    void aSystemThatTellsNothingOfConnectionsIsSaid() {
        assertThat(SetupDiagnosis.of(facts(1, List.of(), false)))
                .extracting(SetupFinding::id)
                .contains("connections-unknown");
    }

    private static SetupFacts facts(int proxied, List<PassedBy> passedBy, boolean connectionsKnown) {
        return new SetupFacts(
                List.of("DATABASE_URL"),
                List.of(),
                5000,
                "port 5000",
                null,
                1.5,
                List.of(new Answer("/", 200, true, 12)),
                proxied,
                7,
                passedBy,
                List.of(),
                List.of(),
                false,
                List.of(),
                false,
                List.of(),
                true,
                0,
                connectionsKnown);
    }
}
