package dev.headroom.cli.command;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.TestRequest;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String USER = "select id, name from users where id = $1";

    @TempDir
    Path folder;

    @Test
    void failsOnWhatIsLikelyAndSaysWhereAndOfWhat() {
        assertThat(check(loop().toString()))
                .startsWith("1 ")
                .contains("GET /a: proven repeated-query")
                .contains("Tested: 1 request of 1 route, 21 statements.");
        assertThat(check(fixed().toString())).startsWith("0 ").contains("headroom check: passed");
    }

    @Test
    void aCheckOfAWrongNameDoesNotLetEverythingPass() {
        assertThat(check(loop().toString(), "--check", "repeated-qery"))
                .startsWith("64 ")
                .contains("'repeated-qery' is no check; there are repeated-query, ");
    }

    @Test
    void theChecksThatAreNamedFailBesidesABudget() {
        String recording = loop().toString();
        assertThat(check(recording, "--max-queries", "/a=100")).startsWith("0 ");
        assertThat(check(recording, "--max-queries", "/a=100", "--check", "repeated-query"))
                .startsWith("1 ");
        assertThat(check(recording, "--max-queries", "/a=100", "--check", "slow-query"))
                .startsWith("0 ");
        assertThat(check(recording, "--max-queries", "/a=20", "--check", "slow-query"))
                .startsWith("1 ");
    }

    @Test
    void aConfigurationThatIsNamedMustBeThere() {
        for (String command : List.of("check", "report")) {
            assertThat(run(
                            command,
                            loop().toString(),
                            "--config",
                            folder.resolve("no.toml").toString()))
                    .startsWith("78 ")
                    .contains("There is no file")
                    .contains("no.toml, which --config names.");
        }
    }

    @Test
    void aSilenceTakesEffectExpiresAndIsAskedToBeRemoved() throws IOException {
        String recording = loop().toString();
        assertThat(check(recording, "--config", toml("check = 'repeated-query'\nroute = '/a'\nreason = 'known'")))
                .startsWith("0 ")
                .doesNotContain("warning");
        assertThat(check(recording, "--config", toml("shape = 'FROM users'\nreason = 'known'")))
                .startsWith("0 ");
        assertThat(check(recording, "--config", toml("call-site = 'orders/views.py:42'\nreason = 'known'")))
                .startsWith("0 ");
        assertThat(check(recording, "--config", toml("call-site = 'orders/other.py'\nreason = 'known'")))
                .startsWith("1 ")
                .contains("warning: a silence matches nothing any more, remove it: call site orders/other.py");
        assertThat(check(recording, "--config", toml("route = '/a'\nreason = 'known'\nexpires = 2020-01-31")))
                .startsWith("1 ")
                .contains("warning: a silence expired on 2020-01-31: route /a");
    }

    @Test
    void aBaselineIsARecordingAReportOrItsExtract() throws IOException {
        Path before = loop();
        Path extract = Files.writeString(
                folder.resolve("base.json"), printed("report", before.toString(), "--format", "baseline"));
        Path report = Files.writeString(folder.resolve("report.json"), printed("report", before.toString(), "--json"));
        for (Path baseline : List.of(before, extract, report)) {
            assertThat(check(before.toString(), "--not-worse-than", baseline.toString()))
                    .startsWith("0 ");
            assertThat(check(fixed().toString(), "--not-worse-than", baseline.toString()))
                    .startsWith("0 ");
        }
        assertThat(check(before.toString(), "--not-worse-than", fixed().toString()))
                .startsWith("1 ")
                .contains("a request ran 21 statements, the baseline's 1")
                .contains("new: repeated-query");
    }

    @Test
    void aBaselineThatIsNoneIsSaidSo() throws IOException {
        String recording = loop().toString();
        assertThat(check(
                        recording,
                        "--not-worse-than",
                        folder.resolve("none.json").toString()))
                .startsWith("65 ")
                .contains("There is no baseline ")
                .contains("headroom report RECORDING --format baseline");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{");
        assertThat(check(recording, "--not-worse-than", broken.toString()))
                .startsWith("65 ")
                .contains("broken.json is no JSON, line 1.")
                .doesNotContain("REDACTED");
        Path elsewhere = record(get("/other").run("select a from t"));
        assertThat(check(recording, "--not-worse-than", elsewhere.toString()))
                .startsWith("1 ")
                .contains("no route of it was requested: nothing was compared");
        Path more = record(get("/a").run("select name from users"), get("/more").run("select a from t"));
        assertThat(check(fixed().toString(), "--not-worse-than", more.toString()))
                .startsWith("0 ")
                .contains("warning: the baseline has GET /more, of which no request was recorded");
    }

    private Path loop() {
        return record(get("/a")
                .run("select user_id from orders", column("orders.user_id", range(101, 120)))
                .at("orders/views.py", 42, "list_orders")
                .each(range(101, 120), 1, USER));
    }

    private Path fixed() {
        return record(get("/a").run("select name from users"));
    }

    private Path record(TestRequest... requests) {
        Path file = folder.resolve("run" + System.nanoTime() + ".headroom");
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            for (TestRequest request : requests) {
                writer.request(request.build());
            }
        }
        return file;
    }

    private String toml(String silence) throws IOException {
        return Files.writeString(folder.resolve("silence.toml"), "[[silence]]\n" + silence)
                .toString();
    }

    private static String check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private static String printed(String... arguments) {
        return Printed.by(arguments).text();
    }

    /** The exit status, and what was printed. */
    private static String run(String... arguments) {
        Printed printed = Printed.by(arguments);
        return printed.status() + " " + printed.text();
    }
}
