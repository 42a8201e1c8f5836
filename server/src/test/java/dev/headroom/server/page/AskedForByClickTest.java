package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page asks of the database and of the project's files, and what keeps others from asking. */
@Timeout(60)
class AskedForByClickTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> planned = new CopyOnWriteArrayList<>();
    private final List<String> analyzed = new CopyOnWriteArrayList<>();
    private volatile boolean valuesKept = true;
    private Path project;
    private PageServer server;

    @BeforeEach
    void start() throws Exception {
        project = Files.createDirectory(folder.resolve("project"));
        Path file = StoryRecording.write(folder.resolve("story.headroom"), 40, false);
        QueryPlans plans = new QueryPlans() {
            @Override
            public Plan of(String statement) {
                planned.add(statement);
                return new Plan("Seq Scan on address", "note");
            }

            @Override
            public List<Execution> executions(long shapeId) {
                return valuesKept ? List.of(new Execution("slowest", "shop", 5_000_000)) : List.of();
            }

            @Override
            public Plan analyze(long shapeId, String which) {
                analyzed.add(Long.toHexString(shapeId) + " " + which);
                return new Plan("[]", "executed");
            }

            @Override
            public int analyzeSeconds() {
                return 30;
            }
        };
        server = PageServer.start(PageSettings.defaults().atPort(0).live(plans, project), List.of(file));
        while (!get("api/recordings").contains("\"read\":true")) {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsThePlanOfAStatementOfTheRun() throws Exception {
        HttpResponse<String> response = post("Headroom-Page", word());

        assertThat(response.body()).contains("Seq Scan on address");
        assertThat(planned).hasSize(1);
        assertThat(planned.get(0)).contains("SELECT");
    }

    @Test
    void asksTheDatabaseForNothingBeforeAClick() throws Exception {
        get("api/page");
        get("api/recordings/0/shapes");

        assertThat(planned).isEmpty();
    }

    @Test
    void refusesPlansToOtherSites() throws Exception {
        assertThat(post("Accept", "text/plain").statusCode()).isEqualTo(403);
        assertThat(post("Headroom-Page", "0".repeat(32)).statusCode()).isEqualTo(403);
        HttpRequest elsewhere = plan().header("Headroom-Page", word())
                .header("Origin", "http://elsewhere.example")
                .build();
        assertThat(client.send(elsewhere, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        HttpRequest got = HttpRequest.newBuilder(server.address().resolve("api/plan?recording=0&shape=" + shape()))
                .header("Headroom-Page", word())
                .build();
        assertThat(client.send(got, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        assertThat(planned).isEmpty();
    }

    @Test
    void tellsNoPlanOfAStatementThatTheRunDoesNotHave() throws Exception {
        HttpRequest unknown = HttpRequest.newBuilder(server.address().resolve("api/plan?recording=0&shape=123"))
                .header("Headroom-Page", word())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        assertThat(client.send(unknown, HttpResponse.BodyHandlers.ofString()).body())
                .contains("no such statement");
        assertThat(planned).isEmpty();
    }

    @Test
    void runsAStatementForRealOnceAfterItsPlan() throws Exception {
        Map<String, Object> plan =
                JSON.std.mapFrom(post("Headroom-Page", word()).body());
        String offer = String.valueOf(plan.get("offer"));
        assertThat(plan).containsEntry("seconds", 30);
        assertThat(analyzed).isEmpty();

        HttpResponse<String> first = analyze(offer, word());

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).contains("executed");
        assertThat(analyzed).containsExactly(shape() + " slowest");
        assertThat(analyze(offer, word()).statusCode()).as("a second time").isEqualTo(403);
        assertThat(analyze("0".repeat(32), word()).statusCode())
                .as("not offered")
                .isEqualTo(403);
        assertThat(analyzed).hasSize(1);
    }

    @Test
    void runsNothingForOthersOrWithoutKeptValues() throws Exception {
        String offer = String.valueOf(
                JSON.std.mapFrom(post("Headroom-Page", word()).body()).get("offer"));
        assertThat(analyze(offer, "0".repeat(32)).statusCode()).isEqualTo(403);
        HttpRequest got = HttpRequest.newBuilder(analyzing(offer))
                .header("Headroom-Page", word())
                .build();
        assertThat(client.send(got, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
        HttpRequest elsewhere = HttpRequest.newBuilder(analyzing(offer))
                .header("Headroom-Page", word())
                .header("Origin", "http://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(elsewhere, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        valuesKept = false;

        HttpResponse<String> without = analyze(offer, word());

        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(without.body()).contains("--record-values");
        assertThat(JSON.std.mapFrom(post("Headroom-Page", word()).body())).doesNotContainKey("offer");
        assertThat(analyzed).isEmpty();
    }

    @Test
    void runsNothingOnAPageWithoutTheRunsDatabase() throws Exception {
        Path file = StoryRecording.write(folder.resolve("other.headroom"), 5, false);
        try (PageServer other =
                PageServer.start(PageSettings.defaults().atPort(0).withoutSources(), List.of(file))) {
            HttpRequest request = HttpRequest.newBuilder(
                            other.address().resolve("api/analyze?shape=1&offer=1&execution=slowest"))
                    .header("Headroom-Page", word())
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();

            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private HttpResponse<String> analyze(String offer, String word) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(analyzing(offer))
                .header("Headroom-Page", word)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI analyzing(String offer) throws Exception {
        return server.address().resolve("api/analyze?shape=" + shape() + "&offer=" + offer + "&execution=slowest");
    }

    @Test
    void showsTheLinesOfACallSite() throws Exception {
        Files.createDirectories(project.resolve("orders"));
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            lines.add("line " + i);
        }
        Files.write(project.resolve("orders/views.py"), lines);

        assertThat(get("api/recordings/0/source?file=orders/views.py&line=31"))
                .contains("\"first\":27")
                .contains("\"line 31\"")
                .doesNotContain("\"line 36\"");
    }

    @Test
    void showsNoFileThatTheRecordingDoesNotName() throws Exception {
        Files.writeString(project.resolve("secret.py"), "password");

        assertThat(get("api/recordings/0/source?file=secret.py&line=1")).doesNotContain("password");
    }

    @Test
    void readsSourceFilesOfTheProjectOnly() throws Exception {
        Files.writeString(folder.resolve("outside.py"), "outside");
        Files.writeString(project.resolve("settings.env"), "secret");
        Files.createDirectory(project.resolve(".git"));
        Files.writeString(project.resolve(".git/hook.py"), "hidden");
        Files.createSymbolicLink(project.resolve("link.py"), folder.resolve("outside.py"));
        Files.createSymbolicLink(project.resolve("env.py"), project.resolve("settings.env"));
        Files.writeString(project.resolve("views.py"), "own");
        SourceFiles files = new SourceFiles(project);

        assertThat(files.around("views.py", 1, null)).containsEntry("lines", List.of("own"));
        for (String other : List.of(
                "../outside.py",
                folder.resolve("outside.py").toString(),
                "link.py",
                "env.py",
                "settings.env",
                ".git/hook.py",
                "missing.py",
                "nul\0.py")) {
            assertThat(files.around(other, 1, null)).as(other).isEmpty();
        }
        assertThat(new SourceFiles(null).around("views.py", 1, null)).isEmpty();
    }

    private String word() throws Exception {
        return String.valueOf(JSON.std.mapFrom(get("api/page")).get("planWord"));
    }

    private String shape() throws Exception {
        List<?> shapes = Objects.requireNonNull(
                (List<?>) JSON.std.mapFrom(get("api/recordings/0/shapes")).get("shapes"));
        return String.valueOf(Objects.requireNonNull((Map<?, ?>) shapes.get(0)).get("id"));
    }

    private HttpResponse<String> post(String header, String value) throws Exception {
        return client.send(plan().header(header, value).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder plan() throws Exception {
        return HttpRequest.newBuilder(server.address().resolve("api/plan?recording=0&shape=" + shape()))
                .POST(HttpRequest.BodyPublishers.noBody());
    }

    private String get(String path) throws IOException, InterruptedException {
        URI address = server.address().resolve(path);
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
