package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfileTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void theWebLineIsFoundAmongOthers() throws IOException {
        assertThat(Procfile.web(
                        procfile("# web: no\n\nwebsocket: no\nworker: no\nweb:  gunicorn 'a b' \nrelease: no\n"),
                        notes::add))
                .containsExactly("/bin/sh", "-c", "gunicorn 'a b'");
        assertThat(notes).isEmpty();
    }

    @Test
    void editorsOfOtherSystemsMayHaveWrittenIt() throws IOException {
        assertThat(Procfile.web(procfile("\uFEFFweb: gunicorn app\r\nworker: no\r\n"), notes::add))
                .containsExactly("/bin/sh", "-c", "gunicorn app");
    }

    @Test
    void aWebLineWithoutACommandIsRefused() throws IOException {
        Path file = procfile("web: \nworker: sleep 1\n");

        assertThatThrownBy(() -> Procfile.web(file, notes::add))
                .isInstanceOf(CannotRunException.class)
                .hasMessageContaining("has no command in its line that starts with web:");
    }

    @Test
    void ofSeveralWebLinesTheFirstIsTakenAndThatIsSaid() throws IOException {
        Path file = procfile("worker: no\nweb: first --secret=x\n\nweb: second --secret=y\n");

        assertThat(Procfile.web(file, notes::add)).containsExactly("/bin/sh", "-c", "first --secret=x");
        assertThat(notes)
                .containsExactly(file + " has 2 lines that start with web: the first, line 2, is run, line 4 is not");
    }

    private Path procfile(String text) throws IOException {
        return Files.writeString(folder.resolve("Procfile"), text);
    }
}
