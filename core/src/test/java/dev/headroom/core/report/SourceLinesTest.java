package dev.headroom.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.CallSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceLinesTest {
    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void write() throws IOException {
        project = folder.resolve("project");
        Files.createDirectories(project.resolve("orders"));
        Files.writeString(project.resolve("orders/views.py"), "one\n\ttwo\nthree\nfour\n");
        Files.writeString(folder.resolve("secret.py"), "secret\nsecret\n");
    }

    private List<String> around(String file, int line) {
        return SourceLines.around(project, new CallSite(file, line, "f", null, null));
    }

    @Test
    void showsTheLineWithItsNeighbours() {
        assertThat(around("orders/views.py", 2)).containsExactly("  1  one", "> 2      two", "  3  three");
        assertThat(around("orders/views.py", 4)).containsExactly("  3  three", "> 4  four");
    }

    @Test
    void showsNothingOfAFileThatIsNotThere() {
        assertThat(around("orders/gone.py", 2)).isEmpty();
        assertThat(around("orders/views.py", 9)).isEmpty();
        assertThat(around("orders/views.py", 0)).isEmpty();
        assertThat(around("orders", 1)).isEmpty();
        assertThat(around("\0", 1)).isEmpty();
    }

    @Test
    void readsNothingOutsideTheProject() throws IOException {
        Files.createSymbolicLink(project.resolve("link.py"), folder.resolve("secret.py"));
        assertThat(around("../secret.py", 1)).isEmpty();
        assertThat(around(folder.resolve("secret.py").toString(), 1)).isEmpty();
        assertThat(around("link.py", 1)).isEmpty();
    }
}
