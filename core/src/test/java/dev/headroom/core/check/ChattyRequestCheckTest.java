package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChattyRequestCheckTest {
    @Test
    void reportsVeryManyDifferentStatementsAsAHint() {
        TestRequest request = get("/a");
        for (int i = 0; i < 40; i++) {
            request.run(0.5, "select c" + i + " from t" + i);
        }
        assertThat(found(request)).singleElement().satisfies(finding -> {
            assertThat(finding.evidence()).isEqualTo(Evidence.HINT);
            assertThat(finding.title()).isEqualTo("40 different statements a request");
        });
    }

    @Test
    void doesNotCallLookUpsIndependentThatNeedEachOther() {
        assertThat(found(get("/a")
                        .run(60, "select user_id from orders", column("orders.user_id", 4711))
                        .run(60, "select office_id from users where id = $1", 4711, column("users.office_id", 815))
                        .run(60, "select name from offices where id = $1", 815)))
                .isEmpty();
    }

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new ChattyRequestCheck()), CheckContext.DEFAULT, requests);
    }
}
