package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code headroom run} with and without {@code --record-values}: where a value that the app bound is found. */
class RecordValuesEndToEndTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase(
            "CREATE TABLE users (id int PRIMARY KEY, name text)",
            "INSERT INTO users SELECT n, 'user number ' || n FROM generate_series(1, 40) n");

    @TempDir
    Path folder;

    @Test
    void withTheOptionAStatementCanBeRunAgainAndOnlyTheRecordingHoldsTheValue() throws Exception {
        Path recording = folder.resolve("with.headroom");
        try (HeadroomProcess headroom = run(recording, "--record-values")) {
            assertThat(headroom.get("/named").body()).isEqualTo("0");
            LivePage page = LivePage.of(headroom);
            String shape = page.shape("SELECT count(*) FROM users");
            String plan = page.post("api/plan?recording=0&shape=" + shape).body();
            String offer = found(plan, "\"offer\":\"([0-9a-f]+)\"");

            HttpResponse<String> analyzed =
                    page.post("api/analyze?shape=" + shape + "&execution=latest&offer=" + offer);

            assertThat(plan).contains("(name = $1)").doesNotContain(OrdersApp.NAME);
            assertThat(analyzed.statusCode()).isEqualTo(200);
            assertThat(analyzed.body())
                    .contains("Actual Rows", "Rows Removed by Filter", OrdersApp.NAME, "Executed on postgres");
            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.err()).contains("--record-values: users' values are written into " + recording);
            assertThat(headroom.out()).doesNotContain(OrdersApp.NAME);
        }

        assertThat(bytes(recording)).contains(OrdersApp.NAME);
        Path html = folder.resolve("report.html");
        List<String> told = new ArrayList<>(List.of(
                told("report", recording.toString()),
                told("report", "--html", html.toString(), recording.toString()),
                told("compare", "--format", "json", recording.toString(), recording.toString()),
                told("compare", "--format", "sarif", recording.toString(), recording.toString())));
        for (String format : List.of("json", "sarif", "junit", "markdown", "github", "baseline")) {
            told.add(told("report", "--format", format, recording.toString()));
        }
        assertThat(told).noneMatch(text -> text.contains(OrdersApp.NAME)).anyMatch(text -> text.contains("/named"));
        assertThat(bytes(html)).contains("/named").doesNotContain(OrdersApp.NAME);
    }

    @Test
    void withoutTheOptionNoValueIsAnywhereAndNothingIsRun() throws Exception {
        Path recording = folder.resolve("without.headroom");
        try (HeadroomProcess headroom = run(recording)) {
            headroom.get("/named");
            LivePage page = LivePage.of(headroom);
            String shape = page.shape("SELECT count(*) FROM users");

            assertThat(page.post("api/plan?recording=0&shape=" + shape).body())
                    .contains("(name = $1)")
                    .doesNotContain("offer");
            HttpResponse<String> refused = page.post("api/analyze?shape=" + shape + "&execution=latest&offer=0");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("--record-values");
            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.err()).doesNotContain("--record-values");
        }

        assertThat(bytes(recording)).doesNotContain(OrdersApp.NAME);
    }

    @Test
    void atAPathOfTheAppsPortNothingIsRun() throws Exception {
        Path recording = folder.resolve("path.headroom");
        try (HeadroomProcess headroom = run(recording, "--record-values", "--page-path", "/-/headroom")) {
            headroom.get("/named");
            LivePage page = LivePage.of(headroom);
            String shape = page.shape("SELECT count(*) FROM users");

            assertThat(page.get("api/page")).contains("\"planWord\":null");
            assertThat(page.post("api/analyze?shape=" + shape + "&execution=latest&offer=0")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private HeadroomProcess run(Path recording, String... options) {
        String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres?user=postgres";
        List<String> arguments = new ArrayList<>(List.of("run", "--out", recording.toString()));
        arguments.addAll(List.of(options));
        arguments.add("--");
        arguments.addAll(List.of(HeadroomProcess.app()));
        HeadroomProcess headroom =
                HeadroomProcess.start(folder, Map.of("JDBC_URL", url), arguments.toArray(String[]::new));
        assertThat(headroom.get("/").statusCode()).isEqualTo(200);
        return headroom;
    }

    private String told(String... arguments) {
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, Map.of(), arguments)) {
            headroom.exitStatus();
            return headroom.out() + headroom.err();
        }
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static String bytes(Path file) throws Exception {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }
}
