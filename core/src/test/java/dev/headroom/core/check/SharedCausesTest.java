package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SharedCausesTest {
    private static final String USER = "select id, name from users where id = $1";

    @Test
    void duplicatesOfARepeatedStatementGoAwayWithIt() {
        List<Finding> findings =
                TestRequest.diagnose(orders().each(range(101, 120), 1, USER).each(range(101, 110), 1, USER));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.check()).isEqualTo(RepeatedQueryCheck.ID);
            assertThat(finding.consequences()).extracting(Finding::check).containsExactly(DuplicateQueryCheck.ID);
            assertThat(finding.perRequest().statements()).isEqualTo(19);
            assertThat(finding.totalWithConsequences().statements()).isEqualTo(29);
        });
    }

    @Test
    void aSecondLevelStaysOnItsOwnBecauseFixingTheFirstLeavesIt() {
        TestRequest request = orders();
        for (int i = 101; i <= 120; i++) {
            request.run("select id, office_id from users where id = $1", i, column("users.office_id", i + 100))
                    .run("select id from offices where id = $1", i + 100);
        }
        assertThat(TestRequest.diagnose(request)).hasSize(2);
    }

    @Test
    void findingsComeInOrderOfWhatTheyCost() {
        TestRequest request = orders();
        request.each(range(101, 120), 1, USER).each(range(1, 20), 3, "select id from addresses where user_id = $1");
        assertThat(TestRequest.diagnose(request))
                .extracting(finding -> finding.shapes().get(0).tables().get(0))
                .containsExactly("addresses", "users");
    }

    private static TestRequest orders() {
        return get("/api/orders").run("select user_id from orders", column("orders.user_id", range(101, 120)));
    }
}
