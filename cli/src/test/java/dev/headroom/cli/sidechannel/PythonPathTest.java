package dev.headroom.cli.sidechannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonPathTest {
    private static final Path SOURCES = Path.of("../python");

    @TempDir
    private Path folder;

    @Test
    void allOfPythonIsCarriedButItsTests() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> names = files.filter(file -> file.toString().endsWith(".py"))
                    .map(file -> SOURCES.relativize(file).toString())
                    .filter(name -> !name.startsWith("tests"))
                    .toList();
            assertThat(PythonPath.FILES).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void theFilesAreWrittenAndComeFirstOnThePath() throws IOException {
        Map<String, String> variables = PythonPath.install(folder, Map.of("PYTHONPATH", "/theirs"));
        assertThat(variables).containsEntry("PYTHONPATH", folder.resolve("python") + File.pathSeparator + "/theirs");
        assertThat(folder.resolve("python/_headroom/channel.py"))
                .hasSameTextualContentAs(SOURCES.resolve("_headroom/channel.py"));
    }

    @Test
    void aPathOfTheirsThatIsMissingLeavesNoEmptyEntry() {
        assertThat(PythonPath.install(folder, Map.of()).get("PYTHONPATH")).doesNotEndWith(File.pathSeparator);
    }
}
