package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code headroom run} with and without {@code --record-values}: where a value that the app bound is found. */
class RecordValuesEndToEndTest {
    private static EmbeddedPostgres database;

    @TempDir
    Path folder;

    @BeforeAll
    static void startDatabase() throws Exception {
        database = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id int PRIMARY KEY, name text)");
            statement.execute("INSERT INTO users SELECT n, 'user number ' || n FROM generate_series(1, 40) n");
        }
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        database.close();
    }

    @Test
    void withTheOptionAStatementCanBeRunAgainAndOnlyTheRecordingHoldsTheValue() throws Exception {
        Path recording = folder.resolve("with.headroom");
        try (HeadroomProcess headroom = run(recording, "--record-values")) {
            assertThat(headroom.get("/named").body()).isEqualTo("0");
            URI page = page(headroom);
            String shape = shape(page);
            String plan = post(page, "api/plan?recording=0&shape=" + shape).body();
            String offer = found(plan, "\"offer\":\"([0-9a-f]+)\"");

            HttpResponse<String> analyzed =
                    post(page, "api/analyze?shape=" + shape + "&execution=latest&offer=" + offer);

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
            URI page = page(headroom);
            String shape = shape(page);

            assertThat(post(page, "api/plan?recording=0&shape=" + shape).body())
                    .contains("(name = $1)")
                    .doesNotContain("offer");
            HttpResponse<String> refused = post(page, "api/analyze?shape=" + shape + "&execution=latest&offer=0");
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
            URI page = page(headroom);
            String shape = shape(page);

            assertThat(get(page, "api/page")).contains("\"planWord\":null");
            assertThat(post(page, "api/analyze?shape=" + shape + "&execution=latest&offer=0")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private HeadroomProcess run(Path recording, String... options) {
        String url = "jdbc:postgresql://127.0.0.1:" + database.getPort() + "/postgres?user=postgres";
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

    private static URI page(HeadroomProcess headroom) {
        return URI.create(found(headroom.err(), "watch it at (http\\S+)"));
    }

    private static String shape(URI page) {
        AtomicReference<String> id = new AtomicReference<>("");
        HeadroomProcess.eventually("the statement is on the page", () -> {
            Matcher shape = Pattern.compile("\"id\":\"([0-9a-f]+)\",\"text\":\"SELECT count\\(\\*\\) FROM users")
                    .matcher(get(page, "api/recordings/0/shapes"));
            boolean found = shape.find();
            id.set(found ? shape.group(1) : "");
            return found;
        });
        return id.get();
    }

    private static HttpResponse<String> post(URI page, String path) {
        Matcher word = Pattern.compile("\"planWord\":\"([0-9a-f]+)\"").matcher(get(page, "api/page"));
        return send(HttpRequest.newBuilder(page.resolve(path))
                .header("Headroom-Page", word.find() ? word.group(1) : "0".repeat(32))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static String get(URI page, String path) {
        return send(HttpRequest.newBuilder(page.resolve(path))).body();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
