package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headroom.core.trace.Outcome;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Java's client, Node's, the ws library and a browser get, directly and through the proxy. */
@Timeout(120)
class ClientCompatibilityTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void java_gets_the_same(HttpClient.Version version) throws Exception {
        try (KitStand stand = KitStand.of("tomcat")) {
            assertThat(java(version, stand.proxied())).isEqualTo(java(version, stand.direct()));
        }
    }

    private static List<String> java(HttpClient.Version version, String address) throws Exception {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        List<String> got = new ArrayList<>();
        for (String path : List.of("/small", "/large", "/chunked", "/empty", "/missing", "/cookies", "/events")) {
            got.add(ask(client, HttpRequest.newBuilder(URI.create(address + path))));
        }
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("0123456789".repeat(50_000));
        got.add(ask(
                client,
                HttpRequest.newBuilder(URI.create(address + "/echo")).POST(body).expectContinue(true)));
        HttpRequest.BodyPublisher chunked = HttpRequest.BodyPublishers.fromPublisher(body);
        got.add(ask(
                client, HttpRequest.newBuilder(URI.create(address + "/echo")).PUT(chunked)));
        return got;
    }

    private static String ask(HttpClient client, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
        headers.remove("date");
        return response.version() + " " + response.statusCode() + " " + headers + " " + response.body();
    }

    @Test
    void node_and_its_web_sockets_get_the_same() throws Exception {
        boolean webSockets = new File(KitServer.nodeModules(), "ws").isDirectory();
        try (KitStand stand = KitStand.of("node")) {
            String direct = node(stand.direct(), webSockets);
            assertThat(direct.lines()).hasSize(webSockets ? 53 : 52);
            assertThat(node(stand.proxied(), webSockets)).isEqualTo(direct);
        }
        assumeTrue(webSockets, "web sockets skipped: no ws; get it with `npm install --prefix .ci/node ws@8`");
    }

    private static String node(String address, boolean webSockets) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("node", "kit_client.js", address, webSockets ? "ws" : "")
                .directory(KitServer.folder().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NODE_PATH", KitServer.nodeModules().getPath());
        Process process = builder.start();
        String got = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return got.replace(address, "");
    }

    @Test
    void a_browser_gets_the_same_events_and_messages() throws Exception {
        assumeTrue(KitServer.has("chromium"), "skipped: chromium is not installed");
        assumeTrue(
                new File(KitServer.nodeModules(), "ws").isDirectory(),
                "skipped: no ws; get it with `npm install --prefix .ci/node ws@8`");
        try (KitStand stand = KitStand.of("node")) {
            String seen = browse(stand.proxied());
            assertThat(seen).isEqualTo("[[\"event 0\",\"event 1\",\"event 2\",\"hello from the page\"],1000]");
            assertThat(stand.sink.of("/ws").outcome()).isEqualTo(Outcome.UPGRADED);
        }
    }

    /** Opens the kit's page until it has told what it saw. */
    private String browse(String address) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "chromium",
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--user-data-dir=" + folder,
                        "--remote-debugging-port=0",
                        address + "/page")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TMPDIR", folder.toString());
        Process browser = builder.start();
        try {
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest results =
                    HttpRequest.newBuilder(URI.create(address + "/results")).build();
            String seen = "";
            for (int i = 0; i < 600 && seen.isEmpty(); i++) {
                browser.waitFor(100, TimeUnit.MILLISECONDS);
                seen = client.send(results, HttpResponse.BodyHandlers.ofString())
                        .body();
            }
            return seen;
        } finally {
            browser.descendants().forEach(ProcessHandle::destroyForcibly);
            browser.destroyForcibly().waitFor();
        }
    }
}
