package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PageServerTest {
    private static final PageSettings ANY_PORT = PageSettings.defaults().atPort(0);

    @TempDir
    static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private PageServer server;

    PageServerTest() throws IOException {
        Path file = folder.resolve("story.headroom");
        if (!Files.exists(file)) {
            StoryRecording.write(file, 100, false);
        }
        server = PageServer.start(ANY_PORT, List.of(file));
    }

    @BeforeEach
    void readWhole() throws Exception {
        List<Object> state;
        do {
            state = JSON.std.listFrom(get("/api/recordings").body());
        } while (!Boolean.TRUE.equals(((Map<?, ?>) state.get(0)).get("read")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void answersWithTheReportAndTheFigures() throws Exception {
        assertThat(get("/api/recordings/0/report").body())
                .contains("repeated-query")
                .contains("\"checks\"");
        assertThat(get("/api/recordings/0/routes").body()).contains("\"operation\":\"GET /api/orders\"");
        assertThat(get("/api/recordings/0/series").body()).contains("\"p95\"").contains("router_timeout");
        assertThat(get("/api/recordings/0/shapes").body()).contains("pg_sleep");
        assertThat(get("/api/recordings/0/requests?sort=statements&limit=3").body())
                .contains("\"total\":100");
        assertThat(get("/api/recordings/0/request/1").body())
                .contains("\"sameAs\":null")
                .contains("orders/views.py:44");
    }

    @Test
    void answersForAPartOfTheRun() throws Exception {
        Map<String, Object> all =
                JSON.std.mapFrom(get("/api/recordings/0/requests").body());
        Map<String, Object> part = JSON.std.mapFrom(
                get("/api/recordings/0/requests?from=0&to=2000").body());

        assertThat((Integer) part.get("total")).isPositive().isLessThan((Integer) all.get("total"));
        assertThat(samples("/api/recordings/0/routes?from=0&to=2000"))
                .isPositive()
                .isLessThan(samples("/api/recordings/0/routes"));
        Map<String, Object> judged = JSON.std.mapFrom(
                get("/api/recordings/0/findings?from=0&to=2000").body());
        while (judged.get("findings") == null) {
            judged = JSON.std.mapFrom(
                    get("/api/recordings/0/findings?from=0&to=2000").body());
        }
        assertThat(sum((List<?>) Objects.requireNonNull(judged.get("operations")), "requests"))
                .isEqualTo((Integer) part.get("total"));
    }

    private int samples(String routes) throws Exception {
        return sum(JSON.std.listFrom(get(routes).body()), "memorySamples");
    }

    private static int sum(List<?> all, String figure) {
        return all.stream()
                .mapToInt(each -> (Integer) Objects.requireNonNull(((Map<?, ?>) each).get(figure)))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/recordings/7/report",
                "/api/recordings/0/nothing",
                "/api/recordings/0/request/999999999",
                "/api/recordings/0/request",
                "/api/recordings/0/requests?sort=evil",
                "/api/recordings/0/requests?offset=x",
                "/api/recordings/0/series?from=NaN",
                "/api/recordings/0/series?from=1e300"
            })
    void saysWhatIsWrongWithAQuestion(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../Api.class", "/..%2fApi.class", "/vendor/../../Api.class", "/js/", "/js/nothing.js"})
    void servesNothingButThePage(String path) throws Exception {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404");
    }

    @Test
    void servesNoFileOfTheMachine() throws Exception {
        assertThat(raw("GET //etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                // newer JDKs refuse two slashes before the page sees them
                .containsPattern("^HTTP/1.1 40[04] ")
                .doesNotContain("root:");
    }

    @Test
    void refusesNamesThatAnotherSiteMayPointHere() throws Exception {
        assertThat(raw("GET /api/recordings HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
        assertThat(raw("GET /api/recordings HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .doesNotContain("story.headroom");
    }

    @Test
    void refusesOtherSitesAndOtherMethods() throws Exception {
        assertThat(raw(request("GET", "Sec-Fetch-Site: cross-site"))).startsWith("HTTP/1.1 403");
        assertThat(raw(request("POST", "Content-Length: 0"))).startsWith("HTTP/1.1 405");
    }

    @Test
    void letsABrowserRunNothingButThePagesOwnModules() throws Exception {
        String policy = get("/").headers().firstValue("Content-Security-Policy").orElseThrow();

        assertThat(policy)
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void asksForItsTokenBeyondLoopback() throws Exception {
        PageSettings everywhere =
                new PageSettings("0.0.0.0", 0, true, ANY_PORT.context(), ANY_PORT.silences(), null, null, true);
        try (PageServer open = PageServer.start(everywhere, List.of(folder.resolve("story.headroom")))) {
            String plain = "http://127.0.0.1:" + open.address().getPort() + "/api/recordings";
            String token = open.address().getQuery();

            assertThat(fetch(plain).statusCode()).isEqualTo(403);
            assertThat(fetch(plain + "?token=00000000000000000000000000000000").statusCode())
                    .isEqualTo(403);
            HttpResponse<String> allowed = fetch(plain + "?" + token);
            assertThat(allowed.statusCode()).isEqualTo(200);
            assertThat(allowed.headers().firstValue("Set-Cookie").orElseThrow())
                    .contains("HttpOnly")
                    .contains("SameSite=Strict");
        }
    }

    @Test
    void isAtMost80KilobytesCompressedWithAllItsModules() throws Exception {
        String html = get("/").body();
        List<String> files = new ArrayList<>(List.of(""));
        Matcher found = Pattern.compile("\"\\./([a-z/-]+\\.(?:js|css|svg))\"").matcher(html);
        while (found.find()) {
            if (!files.contains(found.group(1))) {
                files.add(found.group(1));
            }
        }
        long bytes = 0;
        for (String file : files) {
            HttpResponse<byte[]> response = client.send(
                    HttpRequest.newBuilder(server.address().resolve(file))
                            .header("Accept-Encoding", "gzip")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(file).isEqualTo(200);
            bytes += response.body().length;
        }
        assertThat(files).hasSizeGreaterThan(25);
        assertThat(bytes).isLessThanOrEqualTo(80_000);
    }

    @Test
    void namesItsFilesAndAnswersRelativeToWhereItIsServed() throws Exception {
        assertThat(get("/").body()).doesNotContain("\"/").doesNotContain("'/");
        assertThat(get("/js/api.js").body()).doesNotContain("/api/");
    }

    @Test
    void countsTheStatementsOfAPartOfTheRunAsOfAllOfIt() throws Exception {
        Map<String, Object> all =
                JSON.std.mapFrom(get("/api/recordings/0/shapes").body());
        Map<String, Object> ranged = JSON.std.mapFrom(
                get("/api/recordings/0/shapes?from=0&to=100000000").body());
        Map<String, Object> none =
                JSON.std.mapFrom(get("/api/recordings/0/shapes?from=0&to=1").body());

        assertThat(none).containsEntry("total", 0);
        assertThat(counts(ranged))
                .isNotEmpty()
                .allSatisfy((shape, count) -> assertThat(counts(all)).containsEntry(shape, count));
    }

    private static Map<Object, Object> counts(Map<String, Object> answer) {
        Map<Object, Object> counts = new HashMap<>();
        for (Object each : Objects.requireNonNull((List<?>) answer.get("shapes"))) {
            Map<?, ?> shape = (Map<?, ?>) each;
            if (!Objects.requireNonNull((Map<?, ?>) shape.get("operations")).containsKey("(outside requests)")) {
                counts.put(shape.get("id"), shape.get("count"));
            }
        }
        return counts;
    }

    @Test
    void saysThatAnAskedForPortIsInUse() {
        PageSettings taken = PageSettings.defaults().atPort(server.address().getPort());

        assertThatThrownBy(() -> PageServer.start(taken, List.of()))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("--page-port");
    }

    @Test
    void saysWhyARecordingCannotBeShown() throws Exception {
        Path hostile = Files.writeString(folder.resolve("hostile.headroom"), "SQLite format 3\0 not really");
        try (PageServer other = PageServer.start(ANY_PORT, List.of(hostile))) {
            HttpResponse<String> response = fetch(other.address() + "api/recordings");
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("is not a Headroom recording");
        }
    }

    @Test
    void tellsOfNewsWhileTheRunGoesOn() throws Exception {
        Path live = folder.resolve("live.headroom");
        try (RecordingWriter writer = RecordingWriter.create(live, Lossless.SETTINGS);
                PageServer other = PageServer.start(ANY_PORT, List.of(live));
                InputStream stream = client.send(
                                HttpRequest.newBuilder(URI.create(other.address() + "api/live"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            awaitNews(lines, "[{");
            StoryRecording.tell((TraceSink) writer, 20, false);
            awaitNews(lines, "\"finished\":false");
            String requests;
            do {
                requests = fetch(other.address() + "api/recordings/0/requests").body();
            } while (!requests.contains("\"total\":20"));
        }
    }

    private static void awaitNews(BufferedReader lines, String part) throws IOException {
        String line;
        do {
            line = lines.readLine();
        } while (line != null && !(line.startsWith("data: ") && line.contains(part)));
        assertThat(line).contains(part);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return fetch(server.address().resolve(path).toString());
    }

    private HttpResponse<String> fetch(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String request(String method, String header) {
        return String.join(
                "\r\n", method + " /api/recordings HTTP/1.1", "Host: localhost", header, "Connection: close", "", "");
    }

    private String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
