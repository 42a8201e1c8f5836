package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.OrmFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedTablesTest {
    private static JoinedTables of(String sql) {
        KnownModels models = new KnownModels();
        models.update(new OrmFacts(
                List.of(
                        table("order", new OrmFacts.Column("office_id", "office", "Office"), user("user_id", "user")),
                        table("office", new OrmFacts.Column("company_id", "company", "Company"), user("head", "head"))),
                List.of()));
        return JoinedTables.of(TestRequest.shape(sql), models);
    }

    private static OrmFacts.Column user(String column, String field) {
        return new OrmFacts.Column(column, field, "User");
    }

    private static OrmFacts.Table table(String name, OrmFacts.Column... columns) {
        return new OrmFacts.Table(name, name, "shop.models", List.of(columns));
    }

    @Test
    void findsThePathOfEachTableByItsForeignKeys() {
        JoinedTables joined = of(
                "SELECT \"order\".\"id\" FROM \"order\""
                        + " INNER JOIN \"office\" ON (\"order\".\"office_id\" = \"office\".\"id\")"
                        + " LEFT OUTER JOIN \"company\" ON (\"office\".\"company_id\" = \"company\".\"id\") WHERE \"order\".\"paid\"");
        assertThat(joined.paths("order")).containsExactly("");
        assertThat(joined.paths("office")).containsExactly("office");
        assertThat(joined.paths("company")).containsExactly("office__company");
    }

    @Test
    void tellsTwoJoinsOfOneTableApart() {
        JoinedTables joined = of("SELECT \"order\".\"id\" FROM \"order\""
                + " INNER JOIN \"user\" ON (\"order\".\"user_id\" = \"user\".\"id\")"
                + " INNER JOIN \"office\" ON (\"order\".\"office_id\" = \"office\".\"id\")"
                + " INNER JOIN \"user\" T4 ON (\"office\".\"head\" = T4.\"id\")");
        assertThat(joined.paths("user")).containsExactly("user", "office__head");
        assertThat(joined.count("user")).isEqualTo(2);
    }

    @Test
    void givesATableThatIsReachedFromItsOtherEndNoPath() {
        JoinedTables joined = of("SELECT \"office\".\"id\" FROM \"office\""
                + " INNER JOIN \"order\" ON (\"office\".\"id\" = \"order\".\"office_id\")");
        assertThat(joined.paths("order")).isEmpty();
        assertThat(joined.count("order")).isOne();
    }
}
