package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthCheckTest {
    @Test
    void tellsWhatTheLargestGroupWillCost() {
        assertThat(found(STATISTICS, offices(10), offices(20), offices(40)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
                    assertThat(finding.title())
                            .isEqualTo("your largest company has about 312 rows of offices: this request will run about"
                                    + " 625 statements and take about 31 s, maybe over the limit of 30 s");
                    assertThat(finding.explanation().get(0))
                            .isEqualTo("the number of rows, and of statements, give or take 11%; seen so far: 10 to 40"
                                    + " rows");
                    assertThat(finding.details())
                            .containsEntry("predictedStatements", 625L)
                            .containsEntry("largestRows", 312L);
                });
    }

    @Test
    void aColdRequestDoesNotMoveTheTime() {
        List<Finding> warm = found(STATISTICS, offices(10), offices(20), offices(40));
        List<Finding> cold = found(STATISTICS, offices(10).waits(60_000), offices(20), offices(40));
        assertThat(least(cold)).isCloseTo(least(warm), withinPercentage(1));
    }

    @Test
    void givesARangeWhereTheRestOfTheRequestMayGrowToo() {
        Finding finding = found(
                        STATISTICS,
                        offices(10).waits(3_000),
                        offices(20).waits(6_000),
                        offices(40).waits(12_000))
                .get(0);
        assertThat(finding.title()).endsWith("take 33 s to 138 s, over the limit of 30 s");
    }

    @Test
    void countsWhatTheRepeatsFeedInTurn() {
        // a manager for each row, and that manager's address: the second is not fed by the offices
        Finding finding = found(STATISTICS, nested(10), nested(20), nested(40)).get(0);
        assertThat(finding.details()).containsEntry("predictedStatements", 625L);
    }

    @Test
    void isSilentWithoutStatisticsAndSaysSo() {
        assertThat(found(offices(10), offices(20), offices(40))).isEmpty();
        Doctor doctor = new Doctor(List.of(new GrowthCheck()), CheckContext.DEFAULT);
        doctor.request(offices(10).build());
        assertThat(doctor.diagnosis().coverage().get(0).reason()).isEqualTo("the database's statistics were not read");
    }

    @Test
    void isSilentWhereTheRowsDoNotExplainTheStatements() {
        assertThat(found(STATISTICS, offices(10), offices(20))).isEmpty();
        assertThat(found(STATISTICS, paged(10), paged(20), paged(40))).isEmpty();
        assertThat(found(STATISTICS, irregular(40, 10), irregular(60, 60), irregular(50, 10), irregular(45, 40)))
                .isEmpty();
    }

    @Test
    void isSilentWhereTheLargestWasSeenAlready() {
        assertThat(found(STATISTICS, offices(100), offices(200), offices(300))).isEmpty();
    }

    private static long least(List<Finding> findings) {
        return findings.get(0).details().get("predictedLeastNanos") instanceof Long nanos ? nanos : -1;
    }

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

    private static TestRequest offices(int count) {
        return load(count, "select id, company_id from offices where company_id = $1");
    }

    private static TestRequest paged(int count) {
        return load(count, "select id, company_id from offices where company_id = $1 limit 50");
    }

    private static TestRequest irregular(int rows, int looked) {
        return get("/api/offices")
                .run("select id from offices where company_id = $1", 7, column("offices.id", range(1_000, 999 + rows)))
                .each(range(1_000, 999 + looked), 50, "select street from addresses where office_id = $1");
    }

    private static TestRequest nested(int count) {
        return get("/api/offices")
                .run(
                        1,
                        "select id from offices where company_id = $1",
                        7,
                        column("offices.id", range(1_000, 999 + count)))
                .each(range(1_000, 999 + count), 50, "select id from users where office_id = $1", "users.tag")
                .each(range(50_000, 49_999 + count), 50, "select street from places where tag = $1");
    }

    private static TestRequest load(int count, String sql) {
        return get("/api/offices")
                .run(1, sql, 7, column("offices.id", range(1_000, 999 + count)))
                .each(range(1_000, 999 + count), 50, "select street from addresses where office_id = $1")
                .each(range(1_000, 999 + count), 50, "select phone from phones where office_id = $1");
    }

    private static List<Finding> found(DatabaseStatistics statistics, TestRequest... requests) {
        return TestRequest.diagnose(
                List.of(new GrowthCheck()), new CheckContext(statistics, 30_000_000_000L), requests);
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new GrowthCheck()), CheckContext.DEFAULT, requests);
    }
}
