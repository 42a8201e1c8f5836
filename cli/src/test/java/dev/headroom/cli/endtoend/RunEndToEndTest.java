package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.OperationSummary;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An app with a database under {@code headroom run}. */
class RunEndToEndTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase(
            "CREATE TABLE users (id int PRIMARY KEY, name text)",
            "CREATE TABLE orders (id int PRIMARY KEY, user_id int)",
            "INSERT INTO users SELECT n, 'user number ' || n FROM generate_series(1, 40) n",
            "INSERT INTO orders SELECT n, n + 7 FROM generate_series(1, " + OrdersApp.ORDERS + ") n");

    @TempDir
    Path folder;

    @Test
    void theNPlusOneOfAnAppIsFoundFromOutside() {
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = runApp(recording)) {
            for (int i = 0; i < 5; i++) {
                assertThat(headroom.get("/orders").body()).contains("user number 8\n", "user number 19\n");
            }
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.out())
                    .contains("GET /orders", "repeated-query", "SELECT name FROM users WHERE id = ?")
                    .contains("Recording: " + recording);
            assertThat(headroom.err())
                    .contains("led through Headroom: JDBC_URL")
                    .doesNotContain("secret");
        }

        RunReport report = report(recording);
        OperationSummary orders = operation(report, "GET /orders");
        assertThat(orders.requests()).isEqualTo(5);
        assertThat(orders.statementsMedian()).isEqualTo(1 + OrdersApp.ORDERS);
        assertThat(report.problems()).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo("repeated-query");
            assertThat(finding.operation()).isEqualTo("GET /orders");
        });
        assertThat(report.summary().memory()).isNotNull();
    }

    @Test
    void ctrlCEndsBothAndPrintsTheReport() {
        try (HeadroomProcess headroom = runApp(folder.resolve("run.headroom"))) {
            headroom.get("/orders");
            headroom.signal("INT");

            assertThat(headroom.exitStatus()).isEqualTo(130);
            assertThat(headroom.out()).contains("GET /orders", "the app was ended by signal 2");
        }
    }

    @Test
    void aRecordingCanBeReadWhileItIsWritten() {
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = runApp(recording)) {
            headroom.get("/orders");
            HeadroomProcess.eventually(
                    "the request is in the recording",
                    () -> !report(recording).summary().operations().isEmpty());
        }
    }

    @Test
    void thePageOfARunTellsHowTheDatabaseRunsAStatement() throws Exception {
        try (HeadroomProcess headroom = runApp(folder.resolve("run.headroom"))) {
            headroom.get("/orders");
            LivePage page = LivePage.of(headroom);
            String plan = page.post("api/plan?recording=0&shape=" + page.shape("SELECT name FROM users"))
                    .body();

            assertThat(plan).contains("users_pkey").contains("(id = $1)").contains("Nothing was executed");
        }
    }

    @Test
    void aKilledHeadroomLeavesARecordingThatOpensAndTakesTheAppWithIt() {
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = runApp(recording)) {
            for (int i = 0; i < 3; i++) {
                headroom.get("/orders");
            }
            HeadroomProcess.eventually("all requests are committed", () -> requests(recording) == 3);
            List<ProcessHandle> children = headroom.handle().descendants().toList();
            assertThat(children).isNotEmpty();

            headroom.signal("KILL");

            assertThat(headroom.exitStatus()).isEqualTo(137);
            HeadroomProcess.eventually(
                    "the app and the watchdog have ended",
                    () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
        RunReport report = report(recording);
        assertThat(operation(report, "GET /orders").requests()).isEqualTo(3);
        assertThat(operation(report, "GET /orders").statementsMax()).isEqualTo(1 + OrdersApp.ORDERS);
    }

    @Test
    void noPasswordGetsIntoTheRecordingOrTheOutput() throws Exception {
        Path recording = folder.resolve("run.headroom");
        String url = "jdbc:postgresql://127.0.0.1:" + database.port()
                + "/postgres?user=postgres&password=TopSecretWord&ssl=false";
        try (HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of("JDBC_URL", url), run(recording, HeadroomProcess.app()))) {
            headroom.get("/orders");
            headroom.signal("TERM");
            headroom.exitStatus();

            assertThat(headroom.out() + headroom.err()).doesNotContain("TopSecretWord");
        }
        assertThat(new String(Files.readAllBytes(recording), StandardCharsets.ISO_8859_1))
                .doesNotContain("TopSecretWord");
    }

    @Test
    void aFullDiskStopsTheRecordingAndNotTheApp() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString())
                .redirectErrorStream(true)
                .start();
        assumeThat(mount.waitFor()).as("only root can make a small disk").isZero();
        try (HeadroomProcess headroom = runApp(disk.resolve("run.headroom"))) {
            fill(disk.resolve("more"));
            for (int i = 0; i < 400; i++) {
                assertThat(headroom.get("/orders/" + i).statusCode()).isEqualTo(200);
            }
            headroom.signal("TERM");

            assertThat(headroom.exitStatus()).isEqualTo(143);
            assertThat(headroom.out()).contains("400");
            assertThat(headroom.err()).contains("the recording is not complete");
        } finally {
            new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
        }
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            // full, as it should be
            return;
        }
    }

    @Test
    void checkFailsOverBudgetAndPassesBelowIt() {
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = runApp(recording)) {
            headroom.get("/orders");
            headroom.signal("TERM");
            headroom.exitStatus();
        }
        try (HeadroomProcess over = HeadroomProcess.start(
                        folder, Map.of(), "check", recording.toString(), "--max-queries", "GET /orders=12");
                HeadroomProcess below = HeadroomProcess.start(
                        folder, Map.of(), "check", recording.toString(), "--max-queries", "GET /orders=13");
                HeadroomProcess report =
                        HeadroomProcess.start(folder, Map.of(), "report", recording.toString(), "--json")) {
            assertThat(over.exitStatus()).isEqualTo(1);
            assertThat(over.out()).contains("GET /orders", "13 statements");
            assertThat(below.exitStatus()).isZero();
            assertThat(report.exitStatus()).isZero();
            assertThat(report.out()).startsWith("{").contains("\"GET /orders\"");
        }
        try (HeadroomProcess same = HeadroomProcess.start(
                folder,
                Map.of(),
                "check",
                recording.toString(),
                "--not-worse-than",
                recording.toString(),
                "--format",
                "sarif")) {
            assertThat(same.exitStatus()).isZero();
            assertThat(same.out()).contains("\"2.1.0\"");
            assertThat(same.err()).contains("passed");
        }
    }

    private HeadroomProcess runApp(Path recording) {
        String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres?user=postgres&password=secret";
        HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of("JDBC_URL", url), run(recording, HeadroomProcess.app()));
        assertThat(headroom.get("/").statusCode()).isEqualTo(200);
        return headroom;
    }

    private static String[] run(Path recording, String... command) {
        return Stream.concat(Stream.of("run", "--out", recording.toString(), "--"), Stream.of(command))
                .toArray(String[]::new);
    }

    private static long requests(Path recording) {
        return report(recording).summary().operations().stream()
                .filter(operation -> operation.operation().equals("GET /orders"))
                .mapToLong(OperationSummary::requests)
                .sum();
    }

    private static OperationSummary operation(RunReport report, String name) {
        return report.summary().operations().stream()
                .filter(operation -> operation.operation().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static RunReport report(Path recording) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(reporter);
        }
        return reporter.report(List.of(), LocalDate.now(ZoneId.systemDefault()));
    }
}
