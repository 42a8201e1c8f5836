package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-Z and fg in a shell on a terminal. */
class SuspendTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aTerminalCanBeMade() {
        assumeThat(OnTerminal.possible()).isTrue();
        assumeThat(Path.of("/proc/self/stat")).exists();
    }

    @Test
    void headroomAndTheAppStopTogetherAndGoOnTogether() throws Exception {
        try (OnTerminal terminal = OnTerminal.shell(folder)) {
            terminal.type("sh ./headroom run --no-page -- sh -c 'echo $$ > app; echo $PPID > ours; echo rea''dy;"
                    + " until [ -e go ]; do sleep 0.1; done; exit 5'; echo \"en\"ded $?\n");
            HeadroomProcess.eventually("the app runs", () -> terminal.output().contains("ready\r"));
            long app = pid("app");
            long ours = pid("ours");

            terminal.suspend();
            HeadroomProcess.eventually("both are stopped", () -> state(app) == 'T' && state(ours) == 'T');
            HeadroomProcess.eventually(
                    "the shell has its terminal back", () -> terminal.output().contains("Stopped"));
            Files.createFile(folder.resolve("go"));
            terminal.type("fg; echo \"en\"ded $?\n");

            HeadroomProcess.eventually(
                    "the app's status is passed on", () -> terminal.output().contains("ended 5"));
            assertThat(terminal.output()).containsOnlyOnce("Recording: ");
        }
    }

    private long pid(String file) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve(file)).strip());
    }

    /** A letter of proc(5): T is stopped. */
    private static char state(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return ' ';
        }
    }
}
