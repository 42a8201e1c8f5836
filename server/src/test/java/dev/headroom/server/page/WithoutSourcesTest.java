package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As `--page-path` serves it: whoever has the path sees the recording, and nothing of the database and the files. */
@Timeout(60)
class WithoutSourcesTest {
    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void tellsNoPlanAndNoLineOfAFileThatTheRecordingNames() throws Exception {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.createDirectory(project.resolve("orders"));
        Files.writeString(project.resolve("orders/views.py"), "secret = 1\n".repeat(80));
        Path recordings = Files.createDirectory(project.resolve(".headroom"));
        Path file = StoryRecording.write(recordings.resolve("story.headroom"), 40, false);
        List<String> planned = new CopyOnWriteArrayList<>();
        QueryPlans plans = statement -> {
            planned.add(statement);
            return new QueryPlans.Plan("Seq Scan on secret", "note");
        };
        String source = "api/recordings/0/source?file=orders/views.py&line=31";
        try (PageServer open =
                PageServer.start(PageSettings.defaults().atPort(0).live(plans, project), List.of(file))) {
            awaitRead(open);
            assertThat(get(open, source)).as("with sources").contains("secret");
            assertThat(get(open, "api/page")).containsPattern("planWord\":\"[0-9a-f]+");
        }
        PageSettings closed =
                PageSettings.defaults().atPort(0).live(plans, project).withoutSources();
        try (PageServer server = PageServer.start(closed, List.of(file))) {
            awaitRead(server);

            assertThat(get(server, "api/recordings/0/shapes")).contains("orders/views.py:31");
            assertThat(get(server, source)).isEqualTo("{}");
            assertThat(get(server, "api/page")).contains("\"planWord\":null");
            HttpRequest plan = HttpRequest.newBuilder(server.address().resolve("api/plan?recording=0&shape=1"))
                    .header("Headroom-Page", "null")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(plan, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isGreaterThanOrEqualTo(400);
        }
        assertThat(planned).isEmpty();
    }

    private void awaitRead(PageServer server) throws IOException, InterruptedException {
        while (!get(server, "api/recordings").contains("\"read\":true")) {
            Thread.onSpinWait();
        }
    }

    private String get(PageServer server, String path) throws IOException, InterruptedException {
        URI address = server.address().resolve(path);
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
