package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TooManyRowsCheckTest {
    private static final String SQL = "select id, name from offices";

    @Test
    void isSilentAboutReadingTheSchema() {
        String[] names = new String[200];
        Arrays.setAll(names, i -> "a column with the number " + i);
        assertThat(TestRequest.diagnose(get("/fields")
                        .run("select column_name from information_schema.columns", column("column_name", (Object[])
                                names))
                        .shows("nothing of it")))
                .isEmpty();
        assertThat(TestRequest.diagnose(get("/fields")
                        .run("select name from fields", column("fields.name", (Object[]) names))
                        .shows("nothing of it")))
                .isNotEmpty();
    }

    @Test
    void reportsRowsOfWhichFewShow() {
        Object[] names = texts("office in the city", 1, 900);
        assertThat(found(get("/a").run(SQL, column("offices.name", names)).shows(names[1], names[2])))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).isEqualTo(Evidence.LIKELY);
                    assertThat(finding.perRequest().rows()).isBetween(890L, 899L);
                    assertThat(finding.explanation()).anyMatch(line -> line.contains("no LIMIT"));
                });
    }

    @Test
    void isSilentWhereTheRowsShow() {
        Object[] names = texts("office in the city", 1, 900);
        assertThat(found(get("/a").run(SQL, column("offices.name", names)).shows((Object) names)))
                .isEmpty();
    }

    @Test
    void onlyHintsAtLargeUnlimitedResultsWhereTheResponseWasNotRead() {
        assertThat(found(get("/a").run(SQL, column("offices.id", range(1, 1_000)))))
                .extracting(Finding::evidence)
                .containsExactly(Evidence.HINT);
        assertThat(found(get("/a").run(SQL + " limit 1000", column("offices.id", range(1, 1_000)))))
                .isEmpty();
        assertThat(found(get("/a").run(SQL, column("offices.id", range(1, 300)))))
                .isEmpty();
    }

    @Test
    void saysHowManyRowsTheTableHas() {
        DatabaseStatistics statistics = new DatabaseStatistics() {
            @Override
            public long rows(String table) {
                return table.equals("offices") ? 41_000 : -1;
            }
        };
        assertThat(TestRequest.diagnose(
                        List.of(new TooManyRowsCheck()),
                        new CheckContext(statistics, 1),
                        get("/a").run(SQL, column("offices.id", range(1, 1_000)))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.explanation())
                        .contains("no LIMIT: it grows with the table (offices has about 41,000 rows)"));
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new TooManyRowsCheck()), CheckContext.DEFAULT, requests);
    }
}
