package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C on a terminal: SIGINT to the whole foreground group, us and all that we started. */
class CtrlCTest {
    @TempDir
    Path folder;

    @BeforeEach
    void aTerminalCanBeMade() {
        assumeThat(OnTerminal.possible()).isTrue();
    }

    @Test
    void theAppIsInterruptedOnceAndTheReportIsPrinted() throws Exception {
        try (OnTerminal terminal = OnTerminal.start(
                folder,
                Map.of(),
                "run --no-page -- sh -c 'trap \"echo interrupted; n=1\" INT; echo ready;"
                        + " while [ -z \"$n\" ]; do sleep 0.1; done; sleep 0.5; exit 5'")) {
            HeadroomProcess.eventually("the app runs", () -> terminal.output().contains("ready\r"));
            terminal.interrupt();

            assertThat(terminal.exitStatus()).isEqualTo(5);
            assertThat(terminal.output()).containsOnlyOnce("interrupted\r").contains("Recording: ");
        }
    }

    @Test
    void aSecondCtrlCReachesAnAppThatAsksForIt() throws Exception {
        try (OnTerminal terminal = OnTerminal.start(
                folder,
                Map.of(),
                "run --no-page -- sh -c 'trap \"n=x\\$n; echo told \\$n; [ \\$n = xx ] && exit 6\" INT; echo ready;"
                        + " while :; do sleep 0.1; done'")) {
            HeadroomProcess.eventually("the app runs", () -> terminal.output().contains("ready\r"));
            terminal.interrupt();
            HeadroomProcess.eventually(
                    "the app was told once", () -> terminal.output().contains("told x\r"));
            terminal.interrupt();

            assertThat(terminal.exitStatus()).isEqualTo(6);
            assertThat(terminal.output())
                    .containsOnlyOnce("told xx\r")
                    .doesNotContain("told xxx")
                    .containsOnlyOnce("Recording: ");
        }
    }

    @Test
    void theDemoLeavesNoProcessAndNoFolder() throws Exception {
        assumeThat(example()).as("the example is built").exists();
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        List<ProcessHandle> processes = new ArrayList<>();
        try (OnTerminal terminal =
                OnTerminal.start(folder, Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary), "demo")) {
            HeadroomProcess.eventually(
                    "headroom run and the example under it are there",
                    () -> terminal.processes().stream()
                                    .filter(process -> commandLine(process).endsWith("orders.jar"))
                                    .count()
                            >= 2);
            processes.addAll(terminal.processes());
            // PostgreSQL has left the terminal's tree
            List<ProcessHandle> database = ProcessHandle.allProcesses()
                    .filter(process -> commandLine(process).contains(temporary.toString() + "/headroom-demo"))
                    .toList();
            assertThat(database).isNotEmpty();
            processes.addAll(database);
            terminal.interrupt();
            terminal.exitStatus();

            HeadroomProcess.eventually(
                    "all processes have ended", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
            HeadroomProcess.eventually(
                    "all folders are gone: " + ours(temporary),
                    () -> ours(temporary).isEmpty());
        }
    }

    /** From /proc, since {@link ProcessHandle.Info} cuts a long class path, and what follows it, at 4,096 bytes. */
    private static String commandLine(ProcessHandle process) {
        try {
            byte[] arguments = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
            return new String(arguments, StandardCharsets.UTF_8)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            // it has ended
            return "";
        }
    }

    private static List<Path> ours(Path temporary) {
        try (Stream<Path> files = Files.list(temporary)) {
            // the JVM's own and SQLite's unpacked library are theirs
            return files.filter(file -> file.getFileName().toString().startsWith("headroom"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path example() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return Path.of(String.valueOf(folder), "examples/orders/target/orders.jar");
    }
}
