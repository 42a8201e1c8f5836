package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process side of {@code headroom run}: starts, signals, ends, and what can go wrong. */
class ProcessEndToEndTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "kill -KILL $$, 137", "kill -TERM $$, 143"})
    void theAppsOwnEndIsPassedOn(String script, int status) {
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, "sh", "-c", script)) {
            assertThat(headroom.exitStatus()).isEqualTo(status);
            assertThat(headroom.out()).contains("No request came through Headroom", "Recording: ");
        }
    }

    @Test
    void theAppHasTheCallersEnvironmentStreamsAndFolder() {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of(
                        "HEADROOM_LAUNCHER", "1",
                        "MALLOC_ARENA_MAX", "2",
                        "_JAVA_SR_SIGNUM", "60",
                        "LC_ALL", "C.UTF-8",
                        "HEADROOM_CALLER_JAVA_TOOL_OPTIONS", "-Dx=y",
                        "PORT", Integer.toString(HeadroomProcess.fixedPort()),
                        "HELLO", "world"),
                "run",
                "--",
                "sh",
                "-c",
                "echo \"$HELLO $JAVA_TOOL_OPTIONS [$MALLOC_ARENA_MAX$HEADROOM_LAUNCHER$_JAVA_SR_SIGNUM$LC_ALL]\" $PORT; pwd;"
                        + " echo oops >&2; env")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out())
                    .contains("world -Dx=y [] ")
                    .contains(folder.getFileName().toString())
                    .doesNotContain("HEADROOM_CALLER");
            assertThat(headroom.err()).contains("oops");
        }
    }

    @Test
    void variablesKeepTheirBytesWhateverTheLocale() {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of("LC_ALL", "C", "ODD", "hä"),
                "run",
                "--",
                "sh",
                "-c",
                "printf %s \"$ODD\" | od -An -tx1")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).contains("68 c3 a4");
        }
    }

    @Test
    void theCallersPortInTheArgumentsAndThePlaceholderBecomeTheApps() {
        int port = HeadroomProcess.fixedPort();
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of("PORT", Integer.toString(port)),
                "run",
                "--",
                "sh",
                "-c",
                "echo \"args $1 $2 PORT=$PORT\"",
                "sh",
                "--bind=0.0.0.0:" + port,
                "{port}")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).containsPattern("args --bind=0\\.0\\.0\\.0:(\\d+) \\1 PORT=\\1");
            assertThat(headroom.err()).contains(":" + port + " leads to the app");
        }
    }

    @Test
    void optionsAfterTheCommandAreTheApps() {
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of(), "run", "echo", "--port", "99999", "--help")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).contains("--port 99999 --help");
        }
    }

    @ParameterizedTest
    @CsvSource({"HUP", "USR1", "USR2"})
    void signalsArePassedOnOnce(String signal) {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                // as the launcher does it, which keeps USR2 free for the app
                Map.of("_JAVA_SR_SIGNUM", "60"),
                "run",
                "--",
                "sh",
                "-c",
                "trap 'echo got it; n=1' " + signal
                        + "; echo ready; while [ -z \"$n\" ]; do sleep 0.05; done; sleep 0.3")) {
            awaitOut(headroom, "ready");
            headroom.signal(signal);

            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).containsOnlyOnce("got it");
        }
    }

    @Test
    void anAppThatIgnoresTheEndIsEndedByForceWithinTheGraceAndReported() {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of(),
                "run",
                "--grace",
                "2s",
                "--",
                "sh",
                "-c",
                "trap 'echo no' TERM; echo ready; while true; do sleep 0.1; done")) {
            awaitOut(headroom, "ready");
            long told = System.nanoTime();
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(137);
            assertThat(headroom.err()).doesNotContain("ended by itself");
            // the grace, and what a busy machine adds
            assertThat(System.nanoTime() - told).isLessThan(TimeUnit.SECONDS.toNanos(30));
            assertThat(headroom.out()).contains("no", "Recording: ");
            assertThat(headroom.err()).contains("did not end within its grace of 2s and was ended by force");
        }
    }

    @Test
    void whatAShellLeftBehindAtASignalHasTheGrace() {
        // what a Procfile's line is run by: the signal ends the shell at once, and the app has to be told, and waited
        // for
        String app = "trap 'echo told; sleep 3; echo done; exit 0' TERM; echo ready; while :; do sleep 0.1; done";
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of("APP", app), "run", "--", "sh", "-c", "sh -c \"$APP\"; exit 5")) {
            awaitOut(headroom, "ready");
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.out()).contains("told", "done", "Recording: ");
            assertThat(headroom.err()).doesNotContain("by force");
        }
    }

    @Test
    void whatAShellLeftBehindAtASignalIsEndedByForceAfterTheGraceAndSaid() {
        String app = "trap 'echo no' TERM; echo ready; while :; do sleep 0.1; done";
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder, Map.of("APP", app), "run", "--grace", "2s", "--", "sh", "-c", "sh -c \"$APP\"; exit 5")) {
            awaitOut(headroom, "ready");
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.out()).contains("no", "Recording: ");
            assertThat(headroom.err())
                    .containsPattern("that the app left running did not end within its grace of 2s and (was|were) ended"
                            + " by force");
        }
    }

    @Test
    void whatTheAppLeavesBehindEndsWithIt() throws Exception {
        String app = "sleep 600 & echo $! > pid; until [ -e go ]; do sleep 0.05; done; exit 3";
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of(), "run", "--out", "r.headroom", "--", "sh", "-c", app)) {
            Path pid = folder.resolve("pid");
            HeadroomProcess.eventually("it has started", () -> pid.toFile().length() > 0);
            HeadroomProcess.eventually("a sample has both processes", () -> processes("r.headroom") > 1);
            long left = Long.parseLong(Files.readString(pid).strip());
            Files.createFile(folder.resolve("go"));
            assertThat(headroom.exitStatus()).isEqualTo(3);
            assertThat(headroom.err())
                    .contains("the app ended by itself and left 1 process running, ended a second later;");
            HeadroomProcess.eventually(
                    "the straggler has ended", () -> ProcessHandle.of(left).isEmpty());
        }
    }

    @Test
    void whatIsStillEndingAfterASignalFromOutsideIsNotCalledLeftRunning() throws Exception {
        // ends a moment after the app, as a worker does that sees its master gone
        String worker = "(while kill -0 $$; do sleep 0.2; done) 2>/dev/null";
        try (HeadroomProcess headroom = killedFromOutside(worker)) {
            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.err()).doesNotContain("running");
        }
    }

    @Test
    void whatStaysAfterASignalFromOutsideIsSaidToWithoutAskingForAForegroundProcess() throws Exception {
        try (HeadroomProcess headroom = killedFromOutside("sleep 600")) {
            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.err())
                    .contains("the app was ended by signal 15 and left 1 process running, ended 3 s later")
                    .doesNotContain("by itself", "foreground");
        }
    }

    /** Starts an app with a process beside it, and sends it SIGTERM once both were seen. */
    private HeadroomProcess killedFromOutside(String beside) throws IOException {
        HeadroomProcess headroom = HeadroomProcess.start(
                folder, Map.of(), "run", "--out", "r.headroom", "--", "sh", "-c", beside + " & echo $$ > pid; wait");
        Path pid = folder.resolve("pid");
        HeadroomProcess.eventually("it has started", () -> pid.toFile().length() > 0);
        HeadroomProcess.eventually("a sample has both processes", () -> processes("r.headroom") > 1);
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .orElseThrow()
                .destroy();
        return headroom;
    }

    /** The most processes that a sample in the recording so far has. */
    private int processes(String recording) {
        AtomicInteger most = new AtomicInteger();
        try (RecordingReader reader = RecordingReader.open(folder.resolve(recording))) {
            reader.replay(new TraceSink() {
                @Override
                public void sample(MemorySample sample) {
                    most.accumulateAndGet(sample.processes(), Math::max);
                }
            });
        }
        return most.get();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-such-command-here|127|no such command: no-such-command-here is not in any folder of PATH",
                "./missing|127|no such command: ./missing",
                "./text|126|cannot be executed",
                ".|126|",
            })
    void aCommandThatCannotBeStartedIsSaidInOneLine(String command, int status, String message) throws IOException {
        Files.writeString(folder.resolve("text"), "not a program");
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, command)) {
            assertThat(headroom.exitStatus()).isEqualTo(status);
            assertThat(headroom.err()).contains(message == null ? "" : message).doesNotContain("\tat ");
            assertThat(folder.resolve(".headroom")).isDirectoryNotContaining("glob:**.headroom");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate|there is no command frobnicate; the commands are run, doctor-setup, report, open, compare",
                "--frobnicate|headroom knows no --frobnicate",
                "report --frobnicate|headroom report knows no --frobnicate",
            })
    void aWrongWordOnTheCommandLineIsSaidWithWhatThereIs(String arguments, String message) {
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), arguments.split(" ", -1))) {
            assertThat(headroom.exitStatus()).isEqualTo(64);
            assertThat(headroom.err()).startsWith("headroom: " + message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--db=NOPE|64|--db NOPE: there is no variable of that name",
                "--db=postgres://web:hidden@db:port/x|64|--db: the port is not a number",
                "--page-path=x|64|--page-path x: a path begins with a slash",
            })
    void aRunThatIsRefusedLeavesNoRecordingAndSaysNothingElse(String option, int status, String message) {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder, Map.of(), "run", "--port", "" + HeadroomProcess.fixedPort(), option, "--", "echo", "on")) {
            assertThat(headroom.exitStatus()).isEqualTo(status);
            assertThat(headroom.err()).startsWith("headroom: " + message).doesNotContain("hidden", "\tat ");
            assertThat(headroom.err().lines()).hasSize(1);
            assertThat(recordings()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anEndBeforeTheAppWasStartedLeavesNoRecording(String signal, int status) throws Exception {
        // the start waits until somebody writes what it reads
        Path passwords = folder.resolve("pgpass");
        assertThat(new ProcessBuilder("mkfifo", passwords.toString()).start().waitFor())
                .isZero();
        Map<String, String> environment = Map.of("PGHOST", "127.0.0.1", "PGPASSFILE", passwords.toString());
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder, environment, "run", "--port", "" + HeadroomProcess.fixedPort(), "--", "echo", "started")) {
            HeadroomProcess.eventually(
                    "the recording is there", () -> !recordings().isEmpty());
            headroom.signal(signal);

            assertThat(headroom.exitStatus()).isEqualTo(status);
            assertThat(recordings()).isEmpty();
            assertThat(headroom.out()).isEmpty();
            assertThat(headroom.err()).isEmpty();
        }
    }

    /** What lies in the usual folder, with what SQLite keeps beside a recording that is open. */
    private List<String> recordings() {
        try (Stream<Path> files = Files.list(folder.resolve(".headroom"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".headroom"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void aRecordingThatCannotBeWrittenIsSaidBeforeTheAppStarts() {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder, Map.of(), "run", "--out", "missing/run.headroom", "--", "echo", "started")) {
            assertThat(headroom.exitStatus()).isEqualTo(73);
            assertThat(headroom.err())
                    .contains("missing/run.headroom could not be created (no such file or folder)", "--out")
                    .doesNotContain("\tat ");
            assertThat(headroom.out()).doesNotContain("started");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidWithWhoHasIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HeadroomProcess headroom = HeadroomProcess.start(
                        folder,
                        Map.of(),
                        "run",
                        "--port",
                        Integer.toString(taken.getLocalPort()),
                        "--",
                        "echo",
                        "started")) {
            assertThat(headroom.exitStatus()).isEqualTo(69);
            assertThat(headroom.err()).contains("port " + taken.getLocalPort() + " on 127.0.0.1 is taken", "--port");
            if (Files.isReadable(Path.of("/proc/net/tcp"))) {
                assertThat(headroom.err())
                        .contains("java (process " + ProcessHandle.current().pid() + ")");
            }
            assertThat(headroom.out()).doesNotContain("started");
        }
    }

    @Test
    void inAContainerWithAPortItListensOnAllAddressesAndSaysSo() {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of("DYNO", "web.1", "PORT", Integer.toString(HeadroomProcess.fixedPort())),
                "run",
                "--",
                "sleep",
                "30")) {
            headroom.front();
            assertThat(headroom.err())
                    .contains("listening on all addresses, since this is a Heroku dyno and PORT is set");
        }
    }

    @Test
    void aPortVariableWithoutAPortIsSaid() {
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of("PORT", "s3cret"), "run", "--", "echo", "-s3cret")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.err())
                    .contains("PORT holds no port (1 to 65535) and is left unused")
                    .doesNotContain("s3cret");
            assertThat(headroom.out()).contains("-s3cret");
        }
    }

    @Test
    void anAddressThatIsNotThisMachinesIsNotCalledTaken() {
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of(), "run", "--listen", "192.0.2.1", "--", "echo", "started")) {
            assertThat(headroom.exitStatus()).isEqualTo(69);
            assertThat(headroom.err())
                    .contains("on 192.0.2.1 can't be listened on: Cannot assign requested address", "--listen")
                    .doesNotContain("taken");
            assertThat(headroom.out()).doesNotContain("started");
        }
    }

    @Test
    void aDotEnvThatCannotBeReadIsAMistakeInTheConfiguration() throws IOException {
        Files.writeString(folder.resolve("Procfile"), "web: echo started\n");
        Files.write(folder.resolve(".env"), new byte[] {(byte) 0xff, (byte) 0xfe});
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), "run")) {
            assertThat(headroom.exitStatus()).isEqualTo(78);
            assertThat(headroom.err()).contains(".env could not be read: it is not in UTF-8");
        }
    }

    @Test
    void twoRunsStandSideBySide() {
        Map<String, String> environment = Map.of();
        try (HeadroomProcess first = HeadroomProcess.start(folder, environment, "run", "--", "sleep", "30");
                HeadroomProcess second = HeadroomProcess.start(folder, environment, "run", "--", "sleep", "30")) {
            assertThat(first.front().getPort()).isNotEqualTo(second.front().getPort());
        }
    }

    @Test
    void theProcfilesWebLineIsRunWithTheVariablesOfDotEnv() throws IOException {
        Files.writeString(folder.resolve("Procfile"), "worker: echo work\nweb: echo \"$GREETING on $PORT\"\n");
        Files.writeString(folder.resolve(".env"), "# mine\nGREETING='good day' \nHELLO=no\n");
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of("HELLO", "yes"), "run")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).containsPattern("good day on \\d+");
        }
    }

    @Test
    void whatOfTheProcfileAndOfDotEnvIsLeftOutIsSaidOnce() throws IOException {
        Files.writeString(folder.resolve("Procfile"), "web: echo \"$TEXT\"\nweb: echo other\n");
        Files.writeString(folder.resolve(".env"), "a hidden word\nTEXT=\"good\nday\"\n");
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), "run")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).contains("good\nday").doesNotContain("other");
            assertThat(headroom.err())
                    .containsOnlyOnce(".env: line 1 could not be read and is left out")
                    .containsOnlyOnce("the first, line 1, is run, line 2 is not")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void withoutACommandAndAProcfileItSaysWhatToDo() {
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), "run")) {
            assertThat(headroom.exitStatus()).isEqualTo(64);
            assertThat(headroom.err()).contains("headroom run -- COMMAND");
        }
    }

    @Test
    void anAppThatListensElsewhereIsFound() {
        assumeThat(Path.of("/proc/net/tcp")).exists();
        int port = HeadroomProcess.fixedPort();
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, HeadroomProcess.app(Integer.toString(port)))) {
            assertThat(headroom.get("/").body()).isEqualTo("at home");
            headroom.awaitSaid("the app listens on port " + port + " instead of");
        }
    }

    @Test
    void anUnusableUrlIsSaidWithoutItsPasswordAndTheAppRuns() {
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder, Map.of("DATABASE_URL", "postgres://web:hidden@db:port/x"), "run", "--", "echo", "started")) {
            assertThat(headroom.exitStatus()).isZero();
            assertThat(headroom.out()).contains("started");
            assertThat(headroom.err())
                    .contains("DATABASE_URL is left as it is: the port is not a number")
                    .doesNotContain("hidden");
        }
    }

    @Test
    void aMistakeInTheConfigurationIsSaidWithItsLine() throws IOException {
        Files.writeString(
                folder.resolve("headroom.toml"), "[[silence]]\ncheck = \"repeated-query\"\nreasons = \"x\"\n");
        try (HeadroomProcess headroom = HeadroomProcess.run(folder, "echo", "started")) {
            assertThat(headroom.exitStatus()).isEqualTo(78);
            assertThat(headroom.err()).contains("headroom.toml, line 3", "reasons");
            assertThat(headroom.out()).doesNotContain("started");
        }
    }

    @Test
    void aTerminalStaysATerminal() throws Exception {
        assumeThat(Path.of("/usr/bin/script")).exists();
        List<String> command = new ArrayList<>(List.of(
                HeadroomProcess.java(), "-cp", System.getProperty("java.class.path"), "dev.headroom.cli.Main", "run"));
        command.addAll(List.of("--", "sh", "-c", "'test -t 0 && test -t 1 && test -t 2 && echo all terminals'"));
        Process script = new ProcessBuilder("script", "-qec", String.join(" ", command), "/dev/null")
                .directory(folder.toFile())
                .start();
        assertThat(new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("all terminals");
        assertThat(script.waitFor()).isZero();
    }

    @Test
    void aKilledHeadroomLeavesNoPasswordBehind() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path passwords = Files.writeString(folder.resolve("pgpass"), "127.0.0.1:5432:*:web:secret\n");
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of(
                        "JDK_JAVA_OPTIONS",
                        "-Djava.io.tmpdir=" + temporary,
                        "PGPASSFILE",
                        passwords.toString(),
                        "PGHOST",
                        "127.0.0.1"),
                "run",
                "--",
                "sh",
                "-c",
                "cat \"$PGPASSFILE\"; echo ready; exec sleep 600")) {
            awaitOut(headroom, "ready");
            assertThat(headroom.out()).contains(":web:secret\n127.0.0.1:5432:*:web:secret");
            assertThat(temporary).isNotEmptyDirectory();

            headroom.signal("KILL");

            HeadroomProcess.eventually("the private folder is gone", () -> runFolders(temporary) == 0);
        }
    }

    private static long runFolders(Path temporary) {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("headroom-run-"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitOut(HeadroomProcess headroom, String text) {
        HeadroomProcess.eventually("it prints " + text, () -> headroom.out().contains(text));
    }
}
