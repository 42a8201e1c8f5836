package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdleInTransactionCheckTest {
    @Test
    void reportsALongPauseInATransaction() {
        assertThat(found(get("/a")
                        .begin(7)
                        .run("select a from t")
                        .waits(800)
                        .run("select b from t")
                        .commit()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
                    assertThat(finding.title()).startsWith("a transaction is held for 800 ms a request");
                });
    }

    @Test
    void reportsAShorterOneAfterAWrite() {
        assertThat(found(get("/a").begin(7).run("update t set a = 1").waits(80).commit()))
                .hasSize(1);
        assertThat(found(get("/a").begin(7).run("select a from t").waits(80).commit()))
                .isEmpty();
    }

    @Test
    void onePauseAmongManyRequestsIsOnlyWorthKnowing() {
        assertThat(found(
                        get("/a").begin(7).run("select a from t").waits(800).commit(),
                        get("/a").begin(8).run("select a from t").commit(),
                        get("/a").begin(9).run("select a from t").commit()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.NOTE));
    }

    @Test
    void pausesOutsideOfTransactionsAreNobodysBusiness() {
        assertThat(found(get("/a").run("select a from t").waits(2_000).run("select b from t")))
                .isEmpty();
        assertThat(found(get("/a")
                        .begin(7)
                        .run("select a from t")
                        .commit()
                        .waits(2_000)
                        .begin(8)
                        .run("select b from t")
                        .commit()))
                .isEmpty();
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new IdleInTransactionCheck()), CheckContext.DEFAULT, requests);
    }
}
