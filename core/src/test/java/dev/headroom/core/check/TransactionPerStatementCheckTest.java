package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionPerStatementCheckTest {
    @Test
    void reportsManyTransactionsOfOneStatement() {
        assertThat(found(transactions(30, 1))).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.PROBLEM);
            assertThat(finding.title()).isEqualTo("30 transactions a request, each for one statement");
            assertThat(finding.perRequest().nanos()).isEqualTo(30 * 200_000);
        });
    }

    @Test
    void notesAFewAndIsSilentForOnesThatHoldMore() {
        assertThat(found(transactions(6, 1))).extracting(Finding::level).containsExactly(Level.NOTE);
        assertThat(found(transactions(4, 1))).isEmpty();
        assertThat(found(transactions(30, 2))).isEmpty();
    }

    private static TestRequest transactions(int count, int statements) {
        TestRequest request = get("/a");
        for (int i = 1; i <= count; i++) {
            request.begin(i);
            for (int j = 0; j < statements; j++) {
                request.run("select a from t where id = $1", i);
            }
            request.commit();
        }
        return request;
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new TransactionPerStatementCheck()), CheckContext.DEFAULT, requests);
    }
}
