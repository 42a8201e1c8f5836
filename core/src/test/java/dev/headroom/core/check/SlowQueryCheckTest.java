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

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new SlowQueryCheck()), CheckContext.DEFAULT, requests);
    }
}
