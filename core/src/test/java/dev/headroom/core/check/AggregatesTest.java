package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(o1_0.id) FROM orders o1_0 WHERE o1_0.office_id = ?",
                "SELECT COUNT(*) AS \"__count\" FROM \"orders\" WHERE \"orders\".\"office_id\" = ?",
                "SELECT count (DISTINCT a, b), COALESCE(SUM(\"total\"), ?) AS \"sum\" FROM orders WHERE office_id = ?",
                "SELECT max(placed) FROM (SELECT placed FROM orders GROUP BY placed) x WHERE office_id = ?"
            })
    void aStatementThatReturnsNothingButAggregatesIsTold(String text) {
        assertThat(Aggregates.only(shape(text))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, count(*) FROM orders WHERE office_id = ?",
                "SELECT count(*) FROM orders WHERE office_id = ? GROUP BY day",
                "SELECT counter FROM offices WHERE id = ?",
                "SELECT id FROM orders WHERE total = (SELECT max(total) FROM orders) AND office_id = ?",
                "SELECT count(*), (SELECT name FROM offices WHERE id = ?) FROM orders",
                "SELECT count(*)",
                "UPDATE orders SET total = ?"
            })
    void oneThatReturnsRowsIsNot(String text) {
        assertThat(Aggregates.only(shape(text))).isFalse();
    }

    private static QueryShape shape(String text) {
        return new QueryShape(1, text, StatementKind.SELECT, List.of("orders"), false);
    }
}
