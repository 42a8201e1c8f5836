package dev.headroom.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementReaderTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final ValueDigester digester = ValueDigester.withRandomSalt();
    private final StatementReader reader = new StatementReader(digester);

    @Test
    void digestsLiteralsInTheirCanonicalForm() {
        Digests digests = read("select 42, -7, 'it''s', E'a\\'b\\n', $$x$$, null, true, 1.50, 2.0, U&'plain', $1")
                .literals();
        assertThat(digests)
                .isEqualTo(Digests.of(
                        digest("42"),
                        digest("-7"),
                        digest("it's"),
                        digest("a'b\n"),
                        digest("x"),
                        Digests.NULL_VALUE,
                        digest("true"),
                        digest("1.5"),
                        digest("2"),
                        digest("plain")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "E'\\x41\\x6d'|Am",
                "E'-\\x4xx'|-\u0004xx",
                "E'\\xg'|xg",
                "E'\\101\\60z'|A0z",
                "E'\\1018'|A8",
                "E'\\u00fc\\u20ac'|ü€",
                "E'\\U0001F600\\ud83d\\ude00'|😀😀",
                "E'\\xc3\\274'|ü",
                "E'\\\\x41'|\\x41",
                "E'\\q\\u12'|qu12",
                "E'it\\'s''x'|it's'x",
                "e'-\\b\\f\\t-'|-\b\f\t-",
                "U&'d\\0061t\\+00006f'|dato",
                "u&'\\\\ \\d83d\\de00'|\\ 😀",
                "U&'d!0061t!!\\' UESCAPE '!'|dat!\\",
                "U&'it''s$0021' /* , */ uescape'$'|it's!",
                "U&'\\00'|\\00",
                "'\\x41'|\\x41"
            })
    void aLiteralWithEscapesIsTheValueThatItMeans(String literal, String value) {
        Statement statement = read("select a from t where b = " + literal + " and c = 5");
        assertThat(statement.literals()).isEqualTo(Digests.of(digest(value), digest("5")));
        assertThat(statement.shape().text()).isEqualTo("SELECT a FROM t WHERE b = ? AND c = ?");
    }

    @Test
    void aLiteralThatGoesOnInTheNextLineIsOne() {
        for (String literal : List.of(
                "'ab'\n'cd'",
                "'ab'  \r\n\t 'cd'",
                "'a'\n'bc'\n'd'",
                "E'a\\x62'\n'c\\144'",
                "U&'a'\n'b\\0063d'",
                "U&'a'\n'b!0063d' UESCAPE '!'",
                "'ab' -- it's -- not\n -- 'this'\n'cd'",
                "''\n'abcd'\n''",
                "N'ab'\n'cd'")) {
            Statement statement = read("select a from t where b = " + literal + " and c = 5");
            assertThat(statement.literals()).as(literal).isEqualTo(Digests.of(digest("abcd"), digest("5")));
            assertThat(statement.shape().text()).as(literal).isEqualTo("SELECT a FROM t WHERE b = ? AND c = ?");
        }
        assertThat(read("select 'it''s'\n'''s'").literals()).isEqualTo(Digests.of(digest("it's's")));
        assertThat(read("select 'a'\n'b").literals()).isEqualTo(Digests.of(digest("ab")));
    }

    @Test
    void literalsWithoutALineBreakBetweenThemAreTwo() {
        Digests two = Digests.of(digest("a"), digest("b"));
        assertThat(read("select 'a' 'b'").literals()).isEqualTo(two);
        assertThat(read("select 'a' /*\n*/ 'b'").literals()).isEqualTo(two);
        assertThat(read("select 'a',\n'b'").literals()).isEqualTo(two);
        assertThat(read("select $$a$$\n'b'").literals()).isEqualTo(two);
        assertThat(read("select 'a' -- b\n").literals()).isEqualTo(Digests.of(digest("a")));
    }

    @Test
    void aWordBehindAUnicodeLiteralThatIsNoEscapeClauseStays() {
        assertThat(read("select U&'a' uescape, 1").shape().text()).isEqualTo("SELECT ? uescape, ?");
        assertThat(read("select U&'a' UESCAPE ''").literals()).isEqualTo(Digests.of(digest("a"), digest("")));
    }

    @Test
    void theLastDigestOfAVeryLongListStandsForAllTheRest() {
        String same = "select 1 where 1 in (" + "1,".repeat(2_000);
        Digests one = read(same + "1)").literals();
        assertThat(one.size()).isEqualTo(1_024);
        assertThat(one)
                .isEqualTo(read(same + "1)").literals())
                .isNotEqualTo(read(same + "2)").literals());
    }

    @Test
    void literalsAndBoundValuesComeInOrderOfAppearance() {
        Digests bound = Digests.of(digest("a"), digest("b"));
        assertThat(read("select 1 where x = $2 and y = 5 and z = $1 and w = $2").values(bound))
                .isEqualTo(Digests.of(digest("1"), digest("b"), digest("5"), digest("a"), digest("b")));
        assertThat(read("select x where x = $1 and y = $2").values(bound)).isSameAs(bound);
        assertThat(read("select x where x = ? and y = 3 and z = ?").values(bound))
                .isEqualTo(Digests.of(digest("a"), digest("3"), digest("b")));
        assertThat(read("select 7").values(Digests.NONE)).isEqualTo(Digests.of(digest("7")));
        assertThat(read("select x where x = $1 and y = 3").values(Digests.NONE))
                .isEqualTo(Digests.of(Digests.NULL_VALUE, digest("3")));
    }

    @Test
    void literalsAreDroppedWithoutADigester() {
        byte[] sql = bytes("select 1, 'a', null");
        assertThat(new StatementReader(null).read(sql, 0, sql.length).literals())
                .isEqualTo(Digests.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a from t /*action='x',traceparent='00-" + TRACE + "-00f067aa0ba902b7-01'*/",
                "/* traceparent=00-" + TRACE + "-00f067aa0ba902b7-01 */ select a from t",
                "/*traceparent=%2700-" + TRACE + "-00f067aa0ba902b7-01%27*/ select a from t",
                "select a from t -- traceparent='00-" + TRACE + "-00f067aa0ba902b7-01'"
            })
    void findsTheTraceIdInAComment(String sql) {
        assertThat(read(sql).traceId()).isEqualTo(TRACE);
        assertThat(read(sql).shape().text()).isEqualTo("SELECT a FROM t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'traceparent=''00-" + TRACE + "-00f067aa0ba902b7-01'''",
                "select a /* traceparent='00-" + TRACE + "' */ from t",
                "select a /* traceparent='00-00000000000000000000000000000000-00f067aa0ba902b7-01' */ from t",
                "select a /* traceparent= */ from t"
            })
    void takesNothingElseForATraceId(String sql) {
        assertThat(read(sql).traceId()).isNull();
    }

    @Test
    void splitsAtSemicolonsOutsideOfStringsParenthesesAndBodies() {
        assertThat(texts("begin; select ';' from t; commit;")).containsExactly("BEGIN", "SELECT ? FROM t", "COMMIT");
        assertThat(texts("; ;select 1;;")).containsExactly("SELECT ?");
        assertThat(texts("")).containsExactly("");
        assertThat(texts(";")).containsExactly("");
        assertThat(texts("create rule r as on insert to t do (select 1; select 2); select 3"))
                .hasSize(2);
        assertThat(
                        texts(
                                "create function f() returns int begin atomic select 1; select case when true then 1 end; end; select 2"))
                .hasSize(2);
        assertThat(texts("select $$a;b$$, \"c;d\" /* ; */ -- ;\n; select 2")).hasSize(2);
    }

    @Test
    void aTextThatComesAgainIsNotReadAgain() {
        String sql = "select a from t where b = 1";
        read(sql);
        Statement second = read(sql);
        assertThat(read(sql)).isSameAs(second);
        assertThat(read("SELECT a FROM t WHERE b = 2").shape()).isSameAs(second.shape());
    }

    @Test
    void readsAtAnOffset() {
        byte[] sql = bytes("xxselect a from t;yy");
        assertThat(reader.read(sql, 2, 16).shape().text()).isEqualTo("SELECT a FROM t;".replace(";", ""));
    }

    @Test
    void readsTheSameTwiceWhateverTheBytes() {
        Random random = new Random(7);
        String[] pieces = {
            "select", " ", "(", ")", "in", "values", ",", "'", "\"", "$$", "$a$", "/*", "*/", "--", "\n", "from", "t",
            "1", "-", "::", ";", "with", "as", "[", "]", "array", "update", "E'", "\\", ".", "?", "ü", "null"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder sql = new StringBuilder();
            for (int i = random.nextInt(30); i >= 0; i--) {
                sql.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = bytes(sql.toString());
            List<Statement> one = reader.readAll(bytes, 0, bytes.length);
            List<Statement> again = new StatementReader(digester).readAll(bytes, 0, bytes.length);
            assertThat(one).as(sql.toString()).isEqualTo(again);
        }
    }

    @Test
    void aShapeIsItsOwnShape() {
        List<String> statements = new ArrayList<>(List.of(
                "select a from t where b in (1,2) and c = 'x' limit 5",
                "insert into t (a, b) values (1, 2), (3, 4) on conflict (a) do update set b = 5 returning id",
                "with x as (select 1 from y) select a::int, -b, c[1] from x where d is not null",
                "select count(*) from (t left join u on t.id = u.id) where t.x = any(array[1,2])"));
        for (String sql : statements) {
            String text = read(sql).shape().text();
            assertThat(read(text).shape().text()).isEqualTo(text);
        }
    }

    private List<String> texts(String sql) {
        byte[] bytes = bytes(sql);
        return reader.readAll(bytes, 0, bytes.length).stream()
                .map(statement -> statement.shape().text())
                .toList();
    }

    private Statement read(String sql) {
        byte[] bytes = bytes(sql);
        return reader.read(bytes, 0, bytes.length);
    }

    private long digest(String text) {
        byte[] bytes = bytes(text);
        return digester.digest(bytes, 0, bytes.length);
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
