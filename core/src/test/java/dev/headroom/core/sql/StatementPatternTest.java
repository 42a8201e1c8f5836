package dev.headroom.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reader that remembers what it read must read every text as one does that has read nothing yet. */
class StatementPatternTest {
    private static final String[] PIECES = {
        "select ",
        "a",
        "x1",
        " from t",
        " where ",
        "id=",
        " in (",
        ")",
        ",",
        ", ",
        "(",
        ";",
        " ",
        "\n",
        ".",
        "..",
        "-",
        "+",
        "- ",
        "--",
        "-- c\n",
        "/*",
        "*/",
        "/* c 'q' 7 */",
        "e",
        "E",
        "n",
        "N",
        "b",
        "x",
        "u&",
        "U&",
        "'",
        "''",
        "\"",
        "\"q'1\"",
        "\\",
        "$",
        "$$",
        "$1",
        "$2",
        "$a$",
        "$a",
        "?",
        "?|",
        "::",
        ":",
        "::int",
        "::uuid",
        "::numeric",
        "::date",
        "int",
        "[",
        "]",
        "null",
        " true ",
        " is null",
        "values ",
        "insert into t ",
        "update t set a=",
        " limit ",
        " or ",
        "@",
        "@?",
        "<",
        "=",
        "0x",
        "e5",
        "5e",
        "é",
        "\u0000",
        "begin",
        "savepoint s",
        "set_config",
        "fetch ",
        " union "
    };
    private static final String[] LITERALS = {
        "0",
        "1",
        "7",
        "42",
        "1.50",
        "1.",
        "1..2",
        ".5",
        "-3",
        "0x1F",
        "1e5",
        "1e+5",
        "1_000",
        "12ab",
        "00012",
        "99999999999999999999",
        "''",
        "'a'",
        "'a''b'",
        "'it\\'s'",
        "E'a\\'b'",
        "N'x'",
        "B'01'",
        "X'1F'",
        "U&'d\\0061t'",
        "U&'d!0061t' UESCAPE '!'",
        "E'\\x41\\u00fc\\101'",
        "$$b$$",
        "$q$1'$q$",
        "'unclosed",
        "'1'",
        "'2026-01-02'",
        "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
        "'-- no comment'",
        "'/* none */'",
        "'é'",
        "null",
        "true",
        "$1",
        "?"
    };

    private final ValueDigester digester = ValueDigester.withRandomSalt();
    private final StatementReader reader = new StatementReader(digester);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select abalance from accounts where aid = %s;",
                "select a from t where id in (%s, %s) and b = 'x' and c is null and d = null",
                "select %s::int, '%s'::uuid, \"o1_0\" from t where x = $1 and y = %s /* c 7 */ limit %s",
                "insert into t values (%s, '%s', true)"
            })
    void aStatementWithOtherLiteralsIsTheSameShape(String form) {
        Object first = null;
        for (int i = 0; i < 10; i++) {
            List<Statement> read = assertReadAsIfNew(form.replace("%s", String.valueOf(1_000 + i * 997)));
            first = first == null ? read.get(0).shape() : first;
            assertThat(read.get(0).shape()).isSameAs(first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12ab",
                "1e5",
                "0x1F",
                "-5",
                "+5",
                ".5",
                "'a'",
                "'a''b'",
                "E'a'",
                "$1",
                "?",
                "null",
                "1 + 1",
                "1;select 2",
                "1--",
                "1/*",
                "1 /* traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' */",
                "",
                "1::int",
                "$$1$$",
                "x"
            })
    void whatIsNoNumberIsNotTakenForOne(String other) {
        assertReadAsIfNewAmong(List.of("0", "1", "2"), other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a''b'",
                "'a'''",
                "''''",
                "'a",
                "'",
                "E'a'",
                "N'a'",
                "5",
                "'a' 'b'",
                "'a';",
                "'a'::uuid",
                "$$a$$",
                "''"
            })
    void whatIsNoPlainStringIsNotTakenForOne(String other) {
        assertReadAsIfNewAmong(List.of("'v0'", "'v1'", "'v2'"), other);
    }

    @Test
    void aTextThatDiffersInItsLiteralsAloneIsNotLexedAgain() {
        ValueReader values = new ValueReader(digester);
        PatternCache patterns = new PatternCache(values);
        String form = "select a, null from t where id = %d and name = '%s' and b = $1;";
        for (int i = 0; i < 2; i++) {
            assertThat(known(patterns, form.formatted(i, "n" + i))).isNull();
            lex(patterns, form.formatted(i, "n" + i));
        }
        assertThat(known(patterns, form.formatted(123_456, "another"))).isNotNull();
        assertThat(known(patterns, form.formatted(5, "a''b"))).isNull();
        assertThat(known(patterns, form.formatted(-5, "a"))).isNull();
        assertThat(known(patterns, form.formatted(5, "a") + " ")).isNull();
    }

    @Test
    void textsWithEverNewCommentsOrTraceIdsAreNotKept() {
        PatternCache patterns = new PatternCache(new ValueReader(digester));
        String traced = "select 1 /* traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' */";
        for (int i = 0; i < 3; i++) {
            lex(patterns, "select 1 /* " + i + " */");
            lex(patterns, traced);
        }
        assertThat(known(patterns, "select 1 /* 2 */")).isNull();
        assertThat(known(patterns, traced)).isNull();
    }

    @Test
    void moreFormsThanAreKeptPushOutTheOldestOfThoseThatBeginAlike() {
        PatternCache patterns = new PatternCache(new ValueReader(digester));
        for (int form = 0; form < 50; form++) {
            for (int i = 0; i < 2; i++) {
                lex(patterns, "select a from t where b = " + i + " and x" + form + " > 1");
            }
        }
        assertThat(known(patterns, "select a from t where b = 7 and x49 > 8")).isNotNull();
        assertThat(known(patterns, "select a from t where b = 7 and x0 > 8")).isNull();
    }

    private void lex(PatternCache patterns, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Normaliser normaliser = new Normaliser(digester);
        normaliser.open(utf8, 0, utf8.length);
        normaliser.next();
        Statement statement = new StatementReader(digester).read(utf8, 0, utf8.length);
        patterns.lexed(utf8, 0, utf8.length, normaliser.takeSpans(), statement);
    }

    private static @Nullable List<Statement> known(PatternCache patterns, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return patterns.read(utf8, 0, utf8.length);
    }

    @Test
    void randomTextsAreReadAsIfNewWhateverWasReadBefore() {
        Random random = new Random(20261128);
        for (int form = 0; form < 10_000; form++) {
            int slots = 1 + random.nextInt(4);
            List<String> around = new ArrayList<>();
            for (int i = 0; i <= slots; i++) {
                around.add(piece(random));
            }
            for (int i = 0; i < 8; i++) {
                StringBuilder text = new StringBuilder(around.get(0));
                for (int slot = 1; slot <= slots; slot++) {
                    // mostly of the kind that patterns are made of, so that they are made and tried
                    boolean plain = i < 4 || random.nextBoolean();
                    String literal = plain
                            ? slot % 2 == 0 ? "'v" + random.nextInt(100) + "'" : String.valueOf(random.nextInt(1_000))
                            : LITERALS[random.nextInt(LITERALS.length)];
                    text.append(literal).append(around.get(slot));
                }
                assertReadAsIfNew(text.toString());
            }
        }
    }

    @Test
    void randomBytesInPlaceOfOthersAreReadAsIfNew() {
        Random random = new Random(7);
        String form = "select a, 12 from \"t\" where b = 'text' and c in (3, 4.5) -- end";
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder(form);
            for (int change = random.nextInt(3); change > 0; change--) {
                int at = random.nextInt(text.length());
                String with = PIECES[random.nextInt(PIECES.length)];
                text.replace(at, Math.min(text.length(), at + random.nextInt(3)), with);
            }
            assertReadAsIfNew(text.toString());
        }
    }

    private static String piece(Random random) {
        StringBuilder piece = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            piece.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return piece.toString();
    }

    /** Literals that make a pattern, then another thing in their place, in the middle of a text and at its end. */
    private void assertReadAsIfNewAmong(List<String> usual, String other) {
        for (String literal : Stream.concat(usual.stream(), Stream.of(other)).toList()) {
            assertReadAsIfNew("select a from t where id = " + literal + " and b");
            assertReadAsIfNew("select a from t where id = " + literal);
        }
    }

    private List<Statement> assertReadAsIfNew(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] within = ("0'x" + text + "'9").getBytes(StandardCharsets.UTF_8);
        List<Statement> read = reader.readAll(within, 3, utf8.length);
        List<Statement> anew = new StatementReader(digester).readAll(utf8, 0, utf8.length);
        assertThat(read).as(text).isEqualTo(anew);
        return read;
    }
}
