package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlowQueryCheckTest {
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
