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
    void noFileIsNoVariables() {
        assertThat(DotEnv.read(folder.resolve("none"))).isEmpty();
    }
}
