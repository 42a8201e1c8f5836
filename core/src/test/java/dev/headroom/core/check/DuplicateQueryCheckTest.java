package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateQueryCheckTest {
    private static final String ADDRESS = "select street from addresses where user_id = $1 and active limit 1";

    @Test
    void countsEachQueryThatHadBeenAnsweredBefore() {
        TestRequest request = get("/api/orders");
        for (int i = 0; i < 20; i++) {
            request.run(0.5, ADDRESS, 7, column("addresses.street", "Main"));
        }
        Finding finding = only(request);
        assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(finding.perRequest().statements()).isEqualTo(19);
        assertThat(finding.perRequest().nanos()).isEqualTo(19 * 500_000);
        assertThat(finding.details()).containsEntry("mostWithOneSetOfValues", 20L);
    }

    @Test
    void otherValuesAreNoDuplicates() {
        assertThat(found(get("/a").run(ADDRESS, 7).run(ADDRESS, 8))).isEmpty();
        assertThat(found(get("/a").run("select a from t where b = 'x,y'").run("select a from t where b = 'x'")))
                .isEmpty();
    }

    @Test
    void aWriteToTheTableInBetweenMakesItAnotherQuestion() {
        assertThat(found(get("/a")
                        .run(ADDRESS, 7)
                        .run("update addresses set active = false")
                        .run(ADDRESS, 7)))
                .isEmpty();
        assertThat(found(get("/a").run(ADDRESS, 7).run("call tidy_up()").run(ADDRESS, 7)))
                .isEmpty();
        assertThat(found(get("/a")
                        .run(ADDRESS, 7)
                        .run("update users set seen = 1")
                        .run(ADDRESS, 7)))
                .hasSize(1);
        assertThat(found(get("/a")
                        .run("update addresses set active = false")
                        .run(ADDRESS, 7)
                        .run(ADDRESS, 7)))
                .hasSize(1);
    }

    @Test
    void anotherAnswerMakesItAnotherQuestion() {
        assertThat(found(get("/a")
                        .run(ADDRESS, 7, column("addresses.street", "Main"))
                        .run(ADDRESS, 7, column("addresses.street", "Main", "Second"))))
                .isEmpty();
        assertThat(found(get("/a")
                        .run(ADDRESS, 7, column("addresses.street", "Main"))
                        .run(ADDRESS, 7, column("addresses.street", "Pain"))))
                .isEmpty();
    }

    @Test
    void sequencesAndLocksAreNoDuplicates() {
        assertThat(found(get("/a").run("select nextval('s')").run("select nextval('s')")))
                .isEmpty();
        for (String lock : List.of("update", "no key update", "share", "key share")) {
            String locking = "select a from t for " + lock;
            assertThat(found(get("/a").run(locking).run(locking))).isEmpty();
        }
    }

    @Test
    void withoutValuesItSaysThatItCannotTell() {
        Doctor doctor = new Doctor(List.of(new DuplicateQueryCheck()), CheckContext.DEFAULT);
        doctor.request(get("/a").withoutValues().run(ADDRESS).run(ADDRESS).build());
        assertThat(doctor.diagnosis().findings()).isEmpty();
        assertThat(doctor.diagnosis().coverage().get(0).couldNot()).isEqualTo(1);
    }

    private static Finding only(TestRequest request) {
        List<Finding> findings = found(request);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static List<Finding> found(TestRequest request) {
        return TestRequest.diagnose(List.of(new DuplicateQueryCheck()), CheckContext.DEFAULT, request);
    }
}
