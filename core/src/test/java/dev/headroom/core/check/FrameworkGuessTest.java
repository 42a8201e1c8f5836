package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.sql.StatementReader;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameworkGuessTest {
    private static @Nullable Framework guess(String... statements) {
        return guess(null, statements);
    }

    private static @Nullable Framework guess(@Nullable Language language, String... statements) {
        FrameworkGuess guess = new FrameworkGuess();
        StatementReader reader = new StatementReader(null);
        for (String sql : statements) {
            byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
            guess.see(new Query(
                    1,
                    0,
                    Attribution.UNATTRIBUTED,
                    1,
                    0,
                    reader.read(bytes, 0, bytes.length).shape(),
                    null,
                    1,
                    0,
                    2,
                    0,
                    0,
                    Digests.NONE,
                    true,
                    List.of(),
                    null));
        }
        return guess.framework(language);
    }

    @Test
    void knowsHibernateByItsAliases() {
        assertThat(guess(
                        "select o1_0.id,o1_0.name from offices o1_0 where o1_0.id=?",
                        "select u1_0.id from users u1_0 where u1_0.id=?",
                        "select office0_.id as id1_0_ from offices office0_ where office0_.id=?"))
                .isEqualTo(Framework.JPA);
    }

    @Test
    void knowsDjangoByItsQuotes() {
        assertThat(guess(
                        "SELECT \"orders_order\".\"id\", \"orders_order\".\"date\" FROM \"orders_order\" LIMIT 21",
                        "SELECT \"orders_user\".\"id\", \"orders_user\".\"name\" FROM \"orders_user\" WHERE \"orders_user\".\"id\" = 1",
                        "SELECT COUNT(*) AS \"__count\" FROM \"orders_order\"",
                        "SELECT \"orders_office\".\"id\", \"orders_office\".\"name\" FROM \"orders_office\""))
                .isEqualTo(Framework.DJANGO);
    }

    @Test
    void knowsJooqByItsSchemasAndSqlAlchemyByItsLabels() {
        assertThat(guess(
                        "select \"public\".\"a\".\"id\" from \"public\".\"a\"",
                        "select \"public\".\"b\".\"id\" from \"public\".\"b\"",
                        "select \"public\".\"c\".\"id\" from \"public\".\"c\""))
                .isEqualTo(Framework.JOOQ);
        assertThat(guess(
                        "SELECT users.id AS users_id FROM users",
                        "SELECT offices.id AS offices_id FROM offices",
                        "SELECT orders.id AS orders_id FROM orders"))
                .isEqualTo(Framework.SQLALCHEMY);
    }

    @Test
    void staysSilentOnHandWrittenSqlAndOnTooLittle() {
        assertThat(guess("select id from a", "select id from b", "select x.id from c x"))
                .isNull();
        assertThat(guess("select o1_0.id from offices o1_0")).isNull();
    }

    @Test
    void knowsActiveRecordByItsStarsAndDistinguishesItFromDjango() {
        assertThat(guess(
                        "SELECT \"users\".* FROM \"users\" WHERE \"users\".\"id\" = 1 LIMIT 1",
                        "SELECT DISTINCT \"trackers\".* FROM \"trackers\" INNER JOIN \"p\" ON \"p\".\"id\" = \"trackers\".\"id\"",
                        "SELECT 1 AS one FROM \"boards\" WHERE \"boards\".\"project_id\" = 1 LIMIT 1",
                        "SELECT \"issues\".\"id\" AS t0_r0, \"issues\".\"name\" AS t0_r1 FROM \"issues\" LEFT OUTER JOIN \"u\" ON true",
                        "SELECT MAX(\"settings\".\"updated_on\") FROM \"settings\""))
                .isEqualTo(Framework.ACTIVE_RECORD);
        assertThat(guess(
                        "select \"u0\".* from \"user\" as \"u0\"",
                        "select \"b0\".* from \"book\" as \"b0\"",
                        "select \"c0\".* from \"cat\" as \"c0\""))
                .isNull();
    }

    @Test
    void takesNoHandwritingForThatOfAnotherLanguage() {
        String[] sequelize = {
            "SELECT \"User\".\"id\", \"User\".\"name\" FROM \"Users\" AS \"User\"",
            "SELECT \"Order\".\"id\", \"Order\".\"total\" FROM \"Orders\" AS \"Order\"",
            "SELECT \"Line\".\"id\", \"Line\".\"text\" FROM \"Lines\" AS \"Line\""
        };
        assertThat(guess(Language.NODE, sequelize)).isNull();
        assertThat(guess(Language.PHP, sequelize)).isNull();
        assertThat(guess(Language.PYTHON, sequelize)).isEqualTo(Framework.DJANGO);
    }
}
