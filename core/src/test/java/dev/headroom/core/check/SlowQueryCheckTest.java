package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlowQueryCheckTest {
    private static final String SQL = "select a from t where id = $1";

    @Test
    void reportsAStatementThatTakesLong() {
        assertThat(found(get("/a").run(800, "select a from t where b = 1")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
                    assertThat(finding.perRequest().nanos()).isEqualTo(800_000_000);
                    assertThat(finding.title()).isEqualTo("one statement takes 800 ms");
                });
    }

    @Test
    void reportsANotableOneOnlyWhereItIsAGoodPartOfTheRequest() {
        assertThat(found(get("/a").run(120, "select a from t"))).hasSize(1);
        assertThat(found(get("/a").run(120, "select a from t").waits(2_000))).isEmpty();
        assertThat(found(get("/a").run(20, "select a from t"))).isEmpty();
    }

    @Test
    void leavesManyFastOnesToOthers() {
        assertThat(found(get("/a").each(TestRequest.range(1, 500), 2, "select a from t where id = $1")))
                .isEmpty();
    }

    @Test
    void notesOneSlowExecutionAmongManyFastOnesOfItsRequestAsAHint() {
        assertThat(found(get("/a").each(TestRequest.range(1, 14), 2, SQL).run(640, SQL, 15)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(Level.NOTE);
                    assertThat(finding.evidence()).isEqualTo(Evidence.HINT);
                    assertThat(finding.title()).isEqualTo("one statement took 640 ms once in a while");
                    assertThat(finding.explanation())
                            .anyMatch(line -> line.startsWith(
                                    "1 of 15 executions on this route was slow, the others took 2.0 ms on average"));
                    assertThat(finding.total().nanos()).as("beyond its usual").isEqualTo(638_000_000);
                });
    }

    @Test
    void isSilentAboutOneThatIsNotEvenHalfASecond() {
        assertThat(found(get("/a").each(TestRequest.range(1, 14), 2, SQL).run(134, SQL, 15)))
                .isEmpty();
        assertThat(found(get("/a").more(2_000, SQL).run(134, SQL, 15)))
                .as("the fast ones were only counted")
                .isEmpty();
    }

    @Test
    void isSilentAboutOneAmongManyFastRequests() {
        TestRequest[] requests = new TestRequest[30];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = get("/a").run(i == 7 ? 300 : 3, SQL, i);
        }
        assertThat(found(requests)).isEmpty();
        assertThat(found(get("/a").run(300, SQL, 1), get("/a").run(3, SQL, 1)))
                .as("a cold start")
                .isEmpty();
    }

    @Test
    void reportsWhatIsSlowAgainAndAgainAmongFastOnes() {
        TestRequest[] requests = new TestRequest[30];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = get("/a").run(i % 10 == 7 ? 800 : 3, SQL, i);
        }
        assertThat(found(requests)).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
            assertThat(finding.title()).isEqualTo("one statement takes 800 ms in 3 of 30 requests");
            assertThat(finding.total().nanos()).isEqualTo(3 * 797_000_000L);
        });
    }

    @Test
    void threeSlowOnesInHundredsOfRequestsAreChance() {
        TestRequest[] requests = new TestRequest[300];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = get("/a").run(i % 100 == 7 ? 300 : 3, SQL, i);
        }
        assertThat(found(requests)).isEmpty();
    }

    @Test
    void reportsTheSlowOneOfEachRequestAmongFastOnes() {
        TestRequest[] requests = new TestRequest[4];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = get("/a").each(TestRequest.range(1, 20), 2, SQL).run(700, SQL, 21);
        }
        assertThat(found(requests)).extracting(Finding::level).containsExactly(Level.PROBLEM);
    }

    @Test
    void otherRoutesSayNothingOfThisOne() {
        TestRequest[] requests = new TestRequest[20];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = i == 0 ? get("/reports").run(900, SQL, 1) : get("/a").run(1, SQL, i);
        }
        assertThat(found(requests)).extracting(Finding::operation).containsExactly("GET /reports");
    }

    @Test
    void tellsOfWildcardsOnlyOnTablesThatAreKnownToBeLarge() {
        String sql = "select a from t where upper(name) like upper($1)";
        assertThat(explained(50_000, sql)).anyMatch(line -> line.contains("all of t is read (about 50,000 rows)"));
        assertThat(explained(500, sql)).noneMatch(line -> line.contains("LIKE"));
        assertThat(explained(-1, sql)).noneMatch(line -> line.contains("LIKE"));
        assertThat(explained(50_000, "select liked from t where a = $1")).noneMatch(line -> line.contains("LIKE"));
    }

    private static List<String> explained(long rows, String sql) {
        DatabaseStatistics statistics = new DatabaseStatistics() {
            @Override
            public long rows(String table) {
                return rows;
            }
        };
        return TestRequest.diagnose(
                        List.of(new SlowQueryCheck()),
                        new CheckContext(statistics, 30_000_000_000L),
                        get("/a").run(800, sql, "%x%"))
                .get(0)
                .explanation();
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new SlowQueryCheck()), CheckContext.DEFAULT, requests);
    }
}
