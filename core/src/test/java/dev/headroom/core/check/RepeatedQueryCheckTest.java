package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedQueryCheckTest {
    private static final String USER = "select id, name from users where id = $1";

    @Test
    void isProvenWhenTheValuesAreThoseOfOneColumnOfAnEarlierQuery() {
        Finding finding = only(get("/api/orders")
                .run(
                        "select id, user_id from orders",
                        column("orders.id", range(1, 20)),
                        column("orders.user_id", range(101, 120)))
                .each(range(101, 120), 0.5, USER));
        assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(finding.level()).isEqualTo(Level.PROBLEM);
        assertThat(finding.details())
                .containsEntry("feedColumn", "orders.user_id")
                .containsEntry("targetColumn", "users.id")
                .containsEntry("feedValues", 20)
                .containsEntry("timesPerRequest", 20L);
        assertThat(finding.perRequest().statements()).isEqualTo(19);
    }

    @Test
    void rowsThatAnEarlierQueryChoseAreToBeLoadedByTheirKeysNotByARelation() {
        Finding finding = only(get("/api/scopes")
                .run("select id from scopes where realm = 'shop'", column("scopes.id", range(1, 20)))
                .each(range(1, 20), 0.5, "select id, name from scopes where id = $1"));
        assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(finding.remedy()).isEqualTo(Remedy.LOAD_BY_KEYS);
    }

    @Test
    void whatOnlyCountsIsToBeAskedForOnceAndGroupedNotLoaded() {
        Finding finding = only(get("/api/offices")
                .run("select id from offices", column("offices.id", range(1, 20)))
                .each(range(1, 20), 0.5, "select count(o.id) from orders o where o.office_id = $1"));
        assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(finding.remedy()).isEqualTo(Remedy.AGGREGATE_TOGETHER);
        assertThat(new FrameworkAdvice().fixes(finding, Framework.JPA))
                .singleElement()
                .satisfies(fix -> assertThat(fix.code()).contains("group by").doesNotContain("@BatchSize"));
    }

    @Test
    void whatOneConnectionSendsWithoutWaitingIsABatch() {
        TestRequest pipeline = get("/a");
        TestRequest parallel = get("/a");
        for (int i = 1; i <= 30; i++) {
            pipeline.overlapping(5, USER, i);
            parallel.on(2 + i % 3).overlapping(5, USER, i);
        }
        assertThat(repeated(pipeline)).isEmpty();
        assertThat(repeated(parallel)).hasSize(1);
    }

    @Test
    void onlyTheFirstOfSeveralRequestsLooksLikeTheFillingOfACache() {
        TestRequest first = get("/").each(range(1, 20), 1, USER);
        TestRequest[] requests = {
            first, get("/"), get("/"), get("/"), get("/other").each(range(1, 20), 1, USER)
        };
        assertThat(TestRequest.diagnose(requests))
                .satisfiesExactly(
                        other -> {
                            assertThat(other.operation()).isEqualTo("GET /other");
                            assertThat(other.level()).isEqualTo(Level.PROBLEM);
                        },
                        once -> {
                            assertThat(once.level()).isEqualTo(Level.NOTE);
                            assertThat(once.explanation())
                                    .anyMatch(line -> line.startsWith("only in the first of 4 requests"));
                        });
        TestRequest[] again = {
            get("/").each(range(1, 20), 1, USER), get("/"), get("/"), get("/").each(range(1, 20), 1, USER)
        };
        assertThat(TestRequest.diagnose(again))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.PROBLEM));
    }

    @Test
    void isSilentAboutReadingTheSchema() {
        TestRequest request = get("/first")
                .each(
                        range(1, 20),
                        5,
                        "SELECT a.attname, d.adbin FROM pg_attribute a LEFT JOIN pg_attrdef d ON a.attrelid = d.adrelid"
                                + " WHERE a.attrelid = $1")
                .each(range(1, 20), 5, "SELECT column_name FROM information_schema.columns WHERE table_name = $1");
        assertThat(TestRequest.diagnose(request)).isEmpty();
    }

    @Test
    void doesNotNameADecoyThatHoldsTheSameIntegers() {
        Finding finding = only(get("/api/orders")
                .run(
                        "select quantity, user_id from orders",
                        column("orders.quantity", range(1, 20)),
                        column("orders.user_id", range(1, 20)))
                .each(range(1, 20), 0.5, USER));
        assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(finding.details()).containsEntry("feedColumn", "orders.user_id");
    }

    @Test
    void isOnlyLikelyWhenADecoyIsAllThereIs() {
        Finding finding = only(get("/api/orders")
                .run("select quantity from orders", column("orders.quantity", range(1, 20)))
                .each(range(1, 20), 0.5, USER));
        assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
        assertThat(finding.details()).doesNotContainKey("feedColumn");
        assertThat(String.join(" ", finding.explanation())).doesNotContain("quantity");
    }

    @Test
    void isOnlyLikelyWhenTwoColumnsFitAndNeitherIsTiedByAKey() {
        Finding finding = only(get("/api/orders")
                .run(
                        "select author_id, editor_id from posts",
                        column("posts.author_id", range(1, 20)),
                        column("posts.editor_id", range(1, 20)))
                .each(range(1, 20), 0.5, USER));
        assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
    }

    @Test
    void theOnlyCandidateIsEnoughWhenItIsAKeyWithAnotherName() {
        Finding finding = only(get("/api/posts")
                .run(
                        "select id, author_id from posts",
                        column("posts.id", range(1, 20)),
                        column("posts.author_id", range(101, 120)))
                .each(range(101, 120), 0.5, USER));
        assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
        assertThat(finding.details()).containsEntry("feedColumn", "posts.author_id");
    }

    @Test
    void aForeignKeyOfTheDatabaseDecidesBetweenTwoColumns() {
        DatabaseStatistics statistics = new DatabaseStatistics() {
            @Override
            public List<ForeignKey> foreignKeys() {
                return List.of(new ForeignKey("posts", "editor_id", "users", "id"));
            }
        };
        List<Finding> findings = TestRequest.diagnose(
                List.of(new RepeatedQueryCheck()),
                new CheckContext(statistics, 30_000_000_000L),
                get("/api/posts")
                        .run(
                                "select author_id, editor_id from posts",
                                column("posts.author_id", range(1, 20)),
                                column("posts.editor_id", range(1, 20)))
                        .each(range(1, 20), 0.5, USER));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
            assertThat(finding.details()).containsEntry("feedColumn", "posts.editor_id");
        });
    }

    @Test
    void theSecondLevelIsFedByTheRepeatsOfTheFirst() {
        TestRequest request = get("/api/orders")
                .run(
                        "select id, office_id from orders",
                        column("orders.id", range(1, 10)),
                        column("orders.office_id", range(11, 20)));
        for (int i = 11; i <= 20; i++) {
            request.run(
                    "select id, company_id from offices where id = $1",
                    i,
                    column("offices.id", i),
                    column("offices.company_id", i + 100));
            request.run("select id, name from companies where id = $1", i + 100, column("companies.id", i + 100));
        }
        List<Finding> findings = repeated(request);
        assertThat(findings)
                .hasSize(2)
                .allSatisfy(finding -> assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN));
        assertThat(findings)
                .extracting(finding -> finding.details().get("feedColumn"))
                .containsExactlyInAnyOrder("orders.office_id", "offices.company_id");
    }

    @Test
    void twoRelationsToOneTableAreTwoFindingsWhenTheCallSitesDiffer() {
        TestRequest request = get("/api/posts");
        for (int i = 1; i <= 8; i++) {
            request.at("views.py", 10, "author")
                    .run(USER, i)
                    .at("views.py", 11, "editor")
                    .run(USER, 100 + i);
        }
        assertThat(repeated(request)).hasSize(2);
    }

    @Test
    void anIdSurvivesAnEditAboveTheLine() {
        String before =
                only(get("/a").at("v.py", 10, "f").each(range(1, 20), 1, USER)).id();
        assertThat(only(get("/a").at("v.py", 99, "f").each(range(1, 20), 1, USER))
                        .id())
                .isEqualTo(before);
        assertThat(only(get("/a").at("v.py", 10, "g").each(range(1, 20), 1, USER))
                        .id())
                .isNotEqualTo(before);
        assertThat(only(get("/b").at("v.py", 10, "f").each(range(1, 20), 1, USER))
                        .id())
                .isNotEqualTo(before);
    }

    @Test
    void withoutValuesItIsAHint() {
        assertThat(only(get("/a").withoutValues().each(range(1, 20), 1, USER)).evidence())
                .isEqualTo(Evidence.HINT);
    }

    @Test
    void statementsThatWereOnlyCountedCount() {
        Finding finding = only(get("/a").each(range(1, 20), 1, USER).more(980, USER));
        assertThat(finding.perRequest().statements()).isEqualTo(999);
    }

    @Test
    void aTruncatedStatementIsNotJudged() {
        String sql = "select " + "a_long_column_name, ".repeat(2_000) + "b from t where id = $1";
        Doctor doctor = new Doctor(List.of(new RepeatedQueryCheck()), CheckContext.DEFAULT);
        doctor.request(get("/a").each(range(1, 20), 1, sql).build());
        assertThat(doctor.diagnosis().findings()).isEmpty();
        assertThat(doctor.diagnosis().coverage()).singleElement().satisfies(coverage -> {
            assertThat(coverage.couldNot()).isEqualTo(1);
            assertThat(coverage.reason()).isNotNull();
        });
    }

    private static Finding only(TestRequest request) {
        List<Finding> findings = repeated(request);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static List<Finding> repeated(TestRequest request) {
        return TestRequest.diagnose(List.of(new RepeatedQueryCheck()), CheckContext.DEFAULT, request);
    }
}
