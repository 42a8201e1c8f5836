package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.shape;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What other detectors got wrong, each in one sentence; see docs/concepts/findings.md. */
class FactsTest {
    private static final String USER = "select id, name from users where id = $1";

    @Test
    void oneBatchedSelectIsNotManyLoads() {
        assertThat(TestRequest.diagnose(get("/a")
                        .run(
                                "select id from users where id in (1,2,3,4,5,6,7,8,9,10)",
                                column("users.id", range(1, 10)))))
                .isEmpty();
    }

    @Test
    void onePlusOneIsNotNPlusOne() {
        assertThat(TestRequest.diagnose(get("/a")
                        .run("select user_id from orders limit 1", column("orders.user_id", 7))
                        .run(USER, 7)))
                .isEmpty();
    }

    @Test
    void anExplicitFinderInALoopIsSeenAndTheRelationIsNamedWhereItIsKnown() {
        Finding finding = TestRequest.diagnose(
                        get("/a").at("views.py", 7, "list", "Order.user").each(range(1, 20), 1, USER))
                .get(0);
        assertThat(finding.fixes())
                .isNotEmpty()
                .allSatisfy(fix -> assertThat(fix.details()).containsEntry("relation", "Order.user"));
    }

    @Test
    void literalsOffsetsAndListLengthsDoNotSplitAnIssueAndTablesDoNotMerge() {
        assertThat(shape("select a from t where b in (1,2) limit 5 offset 10"))
                .isEqualTo(shape("select a from t where b in (3) limit 6 offset 20"));
        assertThat(shape("select a from t").id())
                .isNotEqualTo(shape("select a from u").id());
    }

    @Test
    void theSameSqlFromTwoPlacesIsTwoRelations() {
        TestRequest request = get("/a");
        for (int i = 1; i <= 12; i++) {
            request.at("m.py", 1, "author")
                    .run(USER, i)
                    .at("m.py", 2, "updater")
                    .run(USER, 50 + i);
        }
        assertThat(TestRequest.diagnose(request)).hasSize(2);
    }

    @Test
    void anEagerLoadWithoutRowsIsNotUnused() {
        TestRequest[] requests = new TestRequest[4];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = get("/a")
                    .run(
                            "select o.id, n.text from orders o left join notes n on n.id = o.note_id",
                            column("notes.text", new Object[20]))
                    .shows("x");
        }
        assertThat(TestRequest.diagnose(requests)).isEmpty();
    }

    @Test
    void adviceForListsIsNeverAJoinOverThem() {
        for (Framework framework : Framework.values()) {
            AdviceTable.Entry entry = AdviceTable.entry(Remedy.LOAD_MANY_TOGETHER, framework);
            assertThat(entry).isNotNull();
            assertThat(String.valueOf(entry)).doesNotContain("join(").doesNotContain(" JOIN ");
        }
    }

    @Test
    void whatIsFetchedTogetherIsNotToldToBeSplitUnlessItMultiplies() {
        assertThat(TestRequest.diagnose(get("/a")
                        .run(
                                "select u.id, a.id from users u join addresses a on a.user_id = u.id",
                                column("users.id", range(1, 200)),
                                column("addresses.id", range(1, 200)))))
                .isEmpty();
    }

    @Test
    void repeatsNeedNotBeNeighbours() {
        TestRequest request = get("/a");
        for (int i = 1; i <= 12; i++) {
            request.run(USER, i).run("select x" + i + " from y" + i);
        }
        assertThat(TestRequest.diagnose(request)).extracting(Finding::check).containsExactly(RepeatedQueryCheck.ID);
    }

    @Test
    void missingInputDoesNotLookClean() {
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        doctor.request(get("/a")
                .withoutValues()
                .each(range(1, 20), 1, USER)
                .run(USER)
                .run(USER)
                .build());
        assertThat(doctor.diagnosis().coverage())
                .anySatisfy(coverage -> assertThat(coverage.couldNot()).isPositive());
        assertThat(doctor.diagnosis().findings())
                .allSatisfy(finding -> assertThat(finding.evidence()).isEqualTo(Evidence.HINT));
    }

    @Test
    void slowLoopsAreMissedByNoWindowAndParallelUsersAreNotAddedUp() {
        TestRequest slow = get("/a");
        for (int i = 1; i <= 12; i++) {
            slow.run(USER, i).waits(5_000);
        }
        assertThat(TestRequest.diagnose(slow)).hasSize(1);
        TestRequest[] users = new TestRequest[50];
        for (int i = 0; i < users.length; i++) {
            users[i] = get("/a").run(USER, i);
        }
        assertThat(TestRequest.diagnose(users)).isEmpty();
    }

    @Test
    void everyKindOfChangeHasAdvice() {
        for (Remedy remedy : Remedy.values()) {
            assertThat(AdviceTable.entry(remedy, Framework.SQL))
                    .as(remedy.name())
                    .isNotNull();
        }
    }

    @Test
    void oneCheckSwitchedOffLeavesTheOthers() {
        List<Finding> findings = TestRequest.diagnose(
                List.of(new DuplicateQueryCheck()),
                CheckContext.DEFAULT,
                get("/a").each(range(1, 20), 1, USER).run(USER, 1));
        assertThat(findings).extracting(Finding::check).containsExactly(DuplicateQueryCheck.ID);
    }
}
