package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
    @TempDir
    Path folder;

    @Test
    void quotesCommentsAndExportsAreUnderstood() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), """
                # a comment
                PLAIN=some words # and why
                export EXPORTED = x
                SINGLE='as # it is \\n'
                DOUBLE="two\\nlines # here"
                URL=postgres://u:p#w@db/x
                EMPTY=
                not a line
                """);

        assertThat(DotEnv.read(file, Map.of()).variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "PLAIN", "some words",
                        "EXPORTED", "x",
                        "SINGLE", "as # it is \\n",
                        "DOUBLE", "two\nlines # here",
                        "URL", "postgres://u:p#w@db/x",
                        "EMPTY", ""));
    }

    @Test
    void aCommentMayFollowAnyValue() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), """
                DOUBLE="hello # world" # and why
                SINGLE='x $HOME # no'\t# and why
                NOTHING= # unset on purpose
                TABBED=a b\t# and why
                COLOUR=#fff
                ESCAPED="a\\"b\\\\n\\$c"
                LIST="a" and 'b'
                """);

        assertThat(DotEnv.read(file, Map.of()).variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "DOUBLE", "hello # world",
                        "SINGLE", "x $HOME # no",
                        "NOTHING", "",
                        "TABBED", "a b",
                        "COLOUR", "#fff",
                        "ESCAPED", "a\"b\\n\\$c",
                        "LIST", "\"a\" and 'b'"));
    }

    @Test
    void editorsOfOtherSystemsMayHaveWrittenIt() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "\uFEFFFIRST=1\r\nSECOND=\"2\" # two\r\n");

        assertThat(DotEnv.read(file, Map.of()).variables())
                .containsExactlyInAnyOrderEntriesOf(Map.of("FIRST", "1", "SECOND", "2"));
    }

    @Test
    void aQuotedValueMayGoOnOverLines() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), """
                KEY="-----BEGIN KEY-----
                  abc= # no comment
                \\"-----END KEY-----" # a comment
                SINGLE='a

                ${b}'
                NEXT=1
                """);

        assertThat(DotEnv.read(file, Map.of()))
                .isEqualTo(new DotEnv(
                        Map.of(
                                "KEY", "-----BEGIN KEY-----\n  abc= # no comment\n\"-----END KEY-----",
                                "SINGLE", "a\n\n${b}",
                                "NEXT", "1"),
                        List.of()));
    }

    @Test
    void anAddressMayBePutTogetherFromOtherVariables() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), """
                DB_USER=ann
                DB_PASSWORD='$x\\'${y}'
                FOLDER='C:\\'
                URL=postgres://${DB_USER}:${DB_PASSWORD}@${DB_HOST}:${DB_PORT:-5432}/${DB_NAME}?a=$DB_USER
                QUOTED="${DB_USER:-bob} \\${DB_USER} ${NONE}${EMPTY:-c}"
                """);

        assertThat(DotEnv.read(file, Map.of("DB_HOST", "db", "DB_USER", "eve", "EMPTY", ""))
                        .variables())
                .containsEntry("DB_PASSWORD", "$x'${y}")
                .containsEntry("FOLDER", "C:\\")
                .containsEntry("URL", "postgres://eve:$x'${y}@db:5432/?a=$DB_USER")
                .containsEntry("QUOTED", "eve ${DB_USER} c");
    }

    @Test
    void yamlsFormIsReadAsComposeReadsIt() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "A: b\nC : \"d # e\" # f\nG:\n'H' = i\nurl=x:y\n");

        assertThat(DotEnv.read(file, Map.of()))
                .isEqualTo(new DotEnv(Map.of("A", "b", "C", "d # e", "G", "", "H", "i", "url", "x:y"), List.of()));
    }

    @Test
    void linesThatCannotBeReadAreToldByTheirNumbersOnly() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), """
                FIRST="never closed
                not a line

                export KNOWN
                UNKNOWN
                http://secret
                LAST='2'
                """);

        DotEnv said = DotEnv.read(file, Map.of("KNOWN", "1"));

        assertThat(said).isEqualTo(new DotEnv(Map.of("LAST", "2"), List.of(1, 2, 5, 6)));
        assertThat(said.leftOut()).isEqualTo("lines 1, 2, 5, 6 could not be read and are left out");
    }

    @Test
    void ofManyUnreadLinesTheFirstAreNamed() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), "A=1\n?\n");
        Path many = Files.writeString(folder.resolve("many"), "?\n".repeat(30));

        assertThat(DotEnv.read(one, Map.of()).leftOut()).isEqualTo("line 2 could not be read and is left out");
        assertThat(DotEnv.read(many, Map.of()).leftOut())
                .isEqualTo("lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 20 more could not be read and are left out");
        assertThat(DotEnv.read(folder.resolve("none"), Map.of()).leftOut()).isNull();
    }

    @Test
    void noFileIsNoVariables() {
        assertThat(DotEnv.read(folder.resolve("none"), Map.of())).isEqualTo(new DotEnv(Map.of(), List.of()));
    }
}
