package dev.headroom.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "/* a */ select * from t where id = $1; ",
                "(SELECT a FROM t) UNION (SELECT b FROM u) -- end",
                "VALUES (1, 2)",
                "TABLE t",
                "WITH x AS (SELECT 'DELETE FROM t; drop') SELECT * FROM x",
                "SELECT \"update\", t.delete, $$ insert into $$, substring(a for 3) FROM t;;",
                "SELECT 'it''s; UPDATE' AS updated",
            })
    void readingPasses(String text) {
        assertThat(ReadOnlyText.trouble(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "INSERT INTO t VALUES (1)                                → begins with INSERT",
                "EXPLAIN ANALYZE SELECT 1                                → begins with EXPLAIN",
                "DO $$ BEGIN DELETE FROM t; END $$                       → begins with DO",
                "CALL p()                                                → begins with CALL",
                "EXECUTE p(1)                                            → begins with EXECUTE",
                "WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x   → the word DELETE",
                "with x as (insert into t values (1) returning a) table x → the word INSERT",
                "WITH x AS (MERGE INTO t USING u ON true) SELECT 1       → the word MERGE",
                "SELECT * INTO copy FROM t                               → the word INTO",
                "SELECT * FROM t FOR UPDATE                              → locks rows (FOR UPDATE)",
                "SELECT * FROM t FOR NO KEY UPDATE                       → locks rows",
                "SELECT * FROM t FOR KEY SHARE SKIP LOCKED               → locks rows (FOR KEY)",
                "SELECT * FROM t for/* */share                           → locks rows (FOR SHARE)",
                "SELECT 1; DROP TABLE t                                  → more than one statement",
                "SELECT U&\"!0061\" UESCAPE '!' FROM t                   → Unicode escapes",
                "'SELECT'                                                → begins with neither",
            })
    void whatMayDoMoreIsRefused(String text, String why) {
        assertThat(ReadOnlyText.trouble(text)).contains(why);
    }

    @Test
    void nothingIsNoStatement() {
        assertThat(ReadOnlyText.trouble(" -- SELECT")).isEqualTo("it is empty");
        assertThat(ReadOnlyText.trouble(" ; ; ")).isEqualTo("it is empty");
    }

    @Test
    void namesWhatATextMayCall() {
        CalledNames called = CalledNames.in("SELECT Lower(a), \"Odd\"\"Name\" (b), s.f/* */(c), d #>> e, f ? 'g'"
                + " FROM t WHERE x = 'h(' AND y = $$ i( $$ -- j(\n AND k(l) < -1");

        assertThat(called.functions()).containsExactlyInAnyOrder("lower", "Odd\"Name", "f", "k");
        assertThat(called.operators()).contains("#>>", "?", "=", "<");
    }
}
