package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page through the app's own port, as where a platform gives out one port only. */
class PagePathEndToEndTest {
    private static final String SAID = "headroom: the page is also at ";

    @TempDir
    Path folder;

    @Test
    void thePageIsReachedByItsPathAndNothingElseIs() throws IOException {
        try (HeadroomProcess headroom = run("--page-path", "/-/headroom")) {
            String path = path(headroom);
            assertThat(path).matches("/-/headroom-[0-9a-f]{32}");
            HttpResponse<String> page = headroom.get(path + "/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<div id=\"app\">");
            assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(headroom.get(path + "/js/app.js").statusCode()).isEqualTo(200);
            HttpResponse<String> recordings = headroom.get(path + "/api/recordings");
            assertThat(recordings.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(recordings.body()).contains(".headroom");

            String wrong = path.substring(0, path.length() - 1) + (path.endsWith("0") ? "1" : "0");
            assertThat(headroom.get(wrong + "/").body()).isEqualTo("at home");
            assertThat(headroom.get("/-/headroom").body()).isEqualTo("at home");

            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.out())
                    .contains("2 requests, ")
                    .doesNotContain(path)
                    .doesNotContain("/api/");
        }
    }

    @Test
    void newsOfTheRunComesThroughThePathUnderTheAppsOwnName() throws IOException {
        String token = "/-/headroom-0123456789abcdef0123456789abcdef";
        try (HeadroomProcess headroom = run("--page-path", token)) {
            assertThat(path(headroom)).isEqualTo(token);
            URI front = headroom.front();
            try (Socket socket = new Socket(front.getHost(), front.getPort())) {
                socket.setSoTimeout(30_000);
                String request = "GET " + token + "/api/live HTTP/1.1\r\nHost: shop.example\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                BufferedReader events =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                assertThat(events.readLine()).startsWith("HTTP/1.1 200");
                readTo(events, ": hello");
                headroom.get("/");
                readTo(events, "event: news");
            }
        }
    }

    @Test
    void aPathWithoutAPageIsRefused() {
        try (HeadroomProcess headroom = run("--no-page", "--page-path", "/-/headroom")) {
            assertThat(headroom.exitStatus()).isEqualTo(64);
            assertThat(headroom.err()).contains("--page-path leads to the page, which --no-page leaves out");
        }
        try (HeadroomProcess headroom = run("--page-path", "/a?b")) {
            assertThat(headroom.exitStatus()).isEqualTo(64);
            assertThat(headroom.err()).contains("--page-path /a?b: a path begins with a slash");
        }
    }

    private static void readTo(BufferedReader events, String wanted) throws IOException {
        String line = events.readLine();
        while (line != null && !line.equals(wanted)) {
            line = events.readLine();
        }
        assertThat(line).isEqualTo(wanted);
    }

    private static String path(HeadroomProcess headroom) {
        HeadroomProcess.eventually(
                "it says where the page is", () -> headroom.err().contains(SAID));
        String err = headroom.err();
        int from = err.indexOf(SAID) + SAID.length();
        return err.substring(from, err.indexOf("/ of ", from));
    }

    private HeadroomProcess run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        arguments.add("--");
        arguments.addAll(List.of(HeadroomProcess.app()));
        return HeadroomProcess.start(folder, Map.of(), arguments.toArray(String[]::new));
    }
}
