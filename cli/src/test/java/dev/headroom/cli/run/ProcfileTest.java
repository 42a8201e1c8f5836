package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcfileTest {
    @TempDir
    Path folder;

    @Test
    void theWebLineIsFoundAmongOthers() throws IOException {
        assertThat(Procfile.web(
                        procfile("# web: no\n\nwebsocket: no\nworker: no\nweb:  gunicorn 'a b' \nrelease: no\n")))
                .containsExactly("/bin/sh", "-c", "gunicorn 'a b'");
    }

    @Test
    void editorsOfOtherSystemsMayHaveWrittenIt() throws IOException {
        assertThat(Procfile.web(procfile("\uFEFFweb: gunicorn app\r\nworker: no\r\n")))
                .containsExactly("/bin/sh", "-c", "gunicorn app");
    }

    @Test
    void aWebLineWithoutACommandIsRefused() throws IOException {
        Path file = procfile("web: \nworker: sleep 1\n");

        assertThatThrownBy(() -> Procfile.web(file))
                .isInstanceOf(CannotRunException.class)
                .hasMessageContaining("has no command in its line that starts with web:");
    }

    private Path procfile(String text) throws IOException {
        return Files.writeString(folder.resolve("Procfile"), text);
    }
}
