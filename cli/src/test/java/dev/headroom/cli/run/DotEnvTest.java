package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

        assertThat(DotEnv.read(file))
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
                OPEN="abc
                """);

        assertThat(DotEnv.read(file))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "DOUBLE", "hello # world",
                        "SINGLE", "x $HOME # no",
                        "NOTHING", "",
                        "TABBED", "a b",
                        "COLOUR", "#fff",
                        "ESCAPED", "a\"b\\n\\$c",
                        "LIST", "\"a\" and 'b'",
                        "OPEN", "\"abc"));
    }

    @Test
    void editorsOfOtherSystemsMayHaveWrittenIt() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "\uFEFFFIRST=1\r\nSECOND=\"2\" # two\r\n");

        assertThat(DotEnv.read(file)).containsExactlyInAnyOrderEntriesOf(Map.of("FIRST", "1", "SECOND", "2"));
    }

    @Test
    void noFileIsNoVariables() {
        assertThat(DotEnv.read(folder.resolve("none"))).isEmpty();
    }
}
