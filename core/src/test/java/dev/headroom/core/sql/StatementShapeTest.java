package dev.headroom.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.QueryShape;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementShapeTest {
    private final StatementReader reader = new StatementReader(null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select a,b from t where id=$1                        | SELECT a, b FROM t WHERE id = ?
            SELECT  a ,\tb FROM T WHERE ID = 42                  | SELECT a, b FROM t WHERE id = ?
            select * from t where a='it''s' and b=E'\\'x'        | SELECT * FROM t WHERE a = ? AND b = ?
            select $$a'b$$, $tag$ $$ $tag$, $1                   | SELECT ?, ?, ?
            select U&'d\\0061t', B'01', x'1F', N'n'              | SELECT ?, ?, ?, ?
            select 1 /* a /* nested */ b */ , 2 -- end           | SELECT ?, ?
            select a from t where b in (1,2,3)                   | SELECT a FROM t WHERE b IN (?)
            select a from t where b in ($1)                      | SELECT a FROM t WHERE b IN (?)
            select a from t where b in ($1::int, $2::int)        | SELECT a FROM t WHERE b IN (?::int)
            select a from t where (b,c) in ((1,2),(3,4))         | SELECT a FROM t WHERE (b, c) IN ((?, ?))
            select a from t where b = any(array[1,2,3])          | SELECT a FROM t WHERE b = ANY (ARRAY[?])
            select a from t where b = any('{1,2}'::int[])        | SELECT a FROM t WHERE b = ANY (?::int[])
            select a[1], b[2:3] from t                           | SELECT a[?], b[? : ?] FROM t
            insert into t (a,b) values (1,'x'),(2,'y')           | INSERT INTO t (a, b) VALUES (?, ?)
            insert into t (a,b) values (1,null) returning id     | INSERT INTO t (a, b) VALUES (?, ?) RETURNING id
            insert into t values (1,default),(2,default)         | INSERT INTO t VALUES (?, DEFAULT)
            select a from t where b is not null and c is true    | SELECT a FROM t WHERE b IS NOT NULL AND c IS TRUE
            select a from t where b = true                       | SELECT a FROM t WHERE b = ?
            select a - 5, -5, b-5, (-5), a*-1.5e-3 from t        | SELECT a - ?, ?, b - ?, (?), a * ? FROM t
            select a from t where b=-5                           | SELECT a FROM t WHERE b = ?
            select '2020-01-01'::date, date '2020-01-01'         | SELECT ?::date, date ?
            select "Order"."id" from "Order"                     | SELECT "Order"."id" FROM "Order"
            select o.key, o.order from o                         | SELECT o.key, o.order FROM o
            select a from t limit 10 offset 20                   | SELECT a FROM t LIMIT ? OFFSET ?
            select a from t offset $1 rows fetch first $2 rows only | SELECT a FROM t OFFSET ? rows FETCH first ? rows ONLY
            select a from t where b ->> 'k' = 'v' and c @> '{}'  | SELECT a FROM t WHERE b ->> ? = ? AND c @> ?
            select count(*), max(a) from t                       | SELECT count(*), max(a) FROM t
            select exists(select 1 from t)                       | SELECT EXISTS (SELECT ? FROM t)
            select a from t where b=?                            | SELECT a FROM t WHERE b = ?
            select a from t where j ?& array['x','y']            | SELECT a FROM t WHERE j ?& ARRAY[?]
            declare "_django_curs_1_sync_2" cursor for select 1  | DECLARE ? cursor FOR SELECT ?
            fetch forward 2000 from "_django_curs_1_sync_2"      | FETCH forward ? FROM ?
            close "_django_curs_1_sync_2"                        | CLOSE ?
            savepoint "s1_x2"                                    | SAVEPOINT ?
            release savepoint "s1_x2"                            | RELEASE SAVEPOINT ?
            rollback to savepoint s1_x2                          | ROLLBACK to SAVEPOINT ?
            rollback                                             | ROLLBACK
            deallocate all                                       | DEALLOCATE ALL
            select 'größe', "größe" from Größe                   | SELECT ?, "größe" FROM größe
            select a from t where b in (select c from d)         | SELECT a FROM t WHERE b IN (SELECT c FROM d)
            select 1_000, 0x1F, .5, 1.                           | SELECT ?, ?, ?, ?
            """)
    void normalisesTo(String sql, String expected) {
        assertThat(shape(sql).text()).isEqualTo(expected);
    }

    @Test
    void aListOfAnyLengthIsOneShape() {
        QueryShape one = shape("select * from t where id in (1) and x = 2");
        for (int length : new int[] {2, 3, 10, 1_000, 50_000}) {
            String list = "7,".repeat(length - 1) + "7";
            assertThat(shape("select * from t where id in (" + list + ") and x = 2"))
                    .isEqualTo(one);
            assertThat(shape("select * from t where id in (" + list.replace("7", "$1") + ") and x = 2"))
                    .isEqualTo(one);
        }
    }

    @Test
    void valuesOfAnyNumberOfRowsAreOneShape() {
        QueryShape one = shape("insert into t (a, b) values ($1, now()) on conflict (a) do nothing");
        for (int rows : new int[] {2, 3, 500}) {
            String list = "($1, now()),".repeat(rows - 1) + "($1, now())";
            assertThat(shape("insert into t (a, b) values " + list + " on conflict (a) do nothing"))
                    .isEqualTo(one);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select a from orders                | select a from users
            select a from "Orders"              | select a from "orders"
            select a from s1.t                  | select a from s2.t
            select a from t where b = 1         | select a from t where c = 1
            select a from t where b = 1         | select a from t where b > 1
            select a from t order by a          | select a from t order by a desc
            select a from t where b is null     | select a from t where b is not null
            select a, a from t                  | select a from t
            insert into t values (1, 2)         | insert into t values (1)
            select concat(1, 2) from t          | select concat(1) from t
            """)
    void keepsApart(String one, String other) {
        assertThat(shape(one).id()).isNotEqualTo(shape(other).id());
    }

    @Test
    void theIdIsTheSameInEveryRun() {
        assertThat(shape("select a from t where id = 1").id()).isEqualTo(ID_OF_A_FROM_T);
        assertThat(new StatementReader(null)
                        .read(bytes("SELECT a FROM t WHERE id=$1"), 0, 27)
                        .shape()
                        .id())
                .isEqualTo(ID_OF_A_FROM_T);
    }

    private static final long ID_OF_A_FROM_T = -4313706460268711505L;

    @Test
    void cutsATextThatIsTooLongAndSaysSo() {
        QueryShape shape = shape("select " + "a_long_column_name, ".repeat(2_000) + "b from t");
        assertThat(shape.truncated()).isTrue();
        assertThat(shape.text().length()).isLessThanOrEqualTo(16 * 1024);
        assertThat(shape("select a from t").truncated()).isFalse();
    }

    @Test
    void marksAStatementOfWhichOnlyTheStartWasKept() {
        byte[] sql = bytes("select a from t where b = 'never clos");
        assertThat(reader.readCut(sql, 0, sql.length).shape().truncated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'", "\"", "$a$", "/*", "--", "(", ")", "((((", "]]", "E'\\", "U&\"", "$", "1e", "?", ":", ".", "\\",
                "\u0000"
            })
    void readsWhatIsBroken(String sql) {
        assertThat(shape(sql)).isNotNull();
        assertThat(shape("select a from t where " + sql)).isNotNull();
    }

    private QueryShape shape(String sql) {
        byte[] bytes = bytes(sql);
        return reader.read(bytes, 0, bytes.length).shape();
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
