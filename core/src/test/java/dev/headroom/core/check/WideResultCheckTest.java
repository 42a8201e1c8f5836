package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WideResultCheckTest {
    @Test
    void reportsAJoinOfTwoListsByTheKeysThatCame() {
        Object[] users = new Object[400];
        Object[] addresses = new Object[400];
        Object[] orders = new Object[400];
        for (int i = 0; i < 400; i++) {
            users[i] = 1;
            addresses[i] = i / 20;
            orders[i] = i % 20;
        }
        assertThat(found(get("/a")
                        .run(
                                SQL,
                                column("users.id", users),
                                column("addresses.id", addresses),
                                column("orders.id", orders))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
                    assertThat(finding.remedy()).isEqualTo(Remedy.SPLIT_JOIN);
                    assertThat(finding.perRequest().rows()).isEqualTo(359);
                });
    }

    @Test
    void aParentWithOneListIsNoProduct() {
        Object[] users = new Object[400];
        for (int i = 0; i < 400; i++) {
            users[i] = i / 100;
        }
        assertThat(found(get("/a").run(SQL, column("users.id", users), column("orders.id", range(1, 400)))))
                .isEmpty();
        assertThat(found(get("/a")
                        .run(
                                SQL,
                                column("users.id", range(1, 400)),
                                column("offices.id", range(1, 400)),
                                column("orders.id", range(1, 400)))))
                .isEmpty();
    }

    @Test
    void notesHundredsOfColumns() {
        Object[] columns = new Object[250];
        for (int i = 0; i < 250; i++) {
            columns[i] = column("t.c" + i, 1);
        }
        assertThat(found(get("/a").run("select * from t", columns)))
                .extracting(Finding::level)
                .containsExactly(Level.NOTE);
    }

    private static final String SQL =
            "select * from users u join addresses a on a.user_id = u.id join orders o on o.user_id = u.id";

    private static List<Finding> found(TestRequest... requests) {
        return TestRequest.diagnose(List.of(new WideResultCheck()), CheckContext.DEFAULT, requests);
    }
}
