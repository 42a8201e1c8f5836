package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailedQueryCheckTest {
    @Test
    void reportsTheStateAndNeverTheMessage() {
        assertThat(found(get("/a").status(500).fails("40P01", "update t set a = 1 where b = 'secret'")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.PROBLEM);
                    assertThat(finding.title()).isEqualTo("a statement fails: deadlock");
                    assertThat(finding.toString()).doesNotContain("secret");
                });
    }

    @Test
    void onlyNotesAKeyThatExistsWhereTheRequestSucceeds() {
        assertThat(found(get("/a").fails("23505", "insert into t values (1)")))
                .extracting(Finding::level)
                .containsExactly(Level.NOTE);
        assertThat(found(get("/a").status(500).fails("23505", "insert into t values (1)")))
                .extracting(Finding::level)
                .containsExactly(Level.PROBLEM);
    }

    @Test
    void onlyNotesWhatTheAppDidNotWaitFor() {
        assertThat(found(get("/a").status(502).fails("08007", "select 1")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.NOTE);
                    assertThat(finding.title()).startsWith("a statement is not waited for");
                });
        assertThat(found(get("/a").status(502).fails("08006", "select 1")))
                .extracting(Finding::level)
                .containsExactly(Level.PROBLEM);
    }

    @Test
    void leavesOutWhatFollowsFromAnotherFailure() {
        assertThat(found(get("/a").fails("25P02", "select 1"))).isEmpty();
    }

    @Test
    void sameStatementAndTwoStatesAreTwoFindingsWithTwoIds() {
        List<Finding> findings =
                found(get("/a").status(500).fails("40001", "update t set a = 1").fails("57014", "update t set a = 1"));
        assertThat(findings).extracting(Finding::id).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void speaksOfNoRequestWhereThereWasNone() {
        Doctor doctor = new Doctor(List.of(new FailedQueryCheck()), CheckContext.DEFAULT);
        get("/job").fails("57014", "select 1").build().queries().forEach(doctor::outside);
        assertThat(doctor.diagnosis().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.title())
                    .isEqualTo("a statement fails: cancelled, or longer than statement_timeout allows");
            assertThat(finding.explanation().toString()).contains("1 time").doesNotContain("request");
        });
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new FailedQueryCheck()), CheckContext.DEFAULT, requests);
    }
}
