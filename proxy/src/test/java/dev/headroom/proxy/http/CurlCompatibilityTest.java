package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What curl gets from real servers, directly and through the proxy. */
@Timeout(120)
class CurlCompatibilityTest {
    /** Calls by name; {@code @} stands for the server's address, {@code BODY} for a file of 300 KB. */
    private static final Map<String, String> CALLS = Map.ofEntries(
            Map.entry("a small response", "@/small"),
            Map.entry("HTTP/1.0", "-0 @/small"),
            Map.entry("HTTP/1.0 with keep-alive", "-0 -H Connection:keep-alive @/small @/small"),
            Map.entry("HEAD", "-I @/large"),
            Map.entry("a large response", "@/large"),
            Map.entry("a chunked response", "@/chunked"),
            Map.entry("a kept connection", "@/small @/large @/chunked @/empty @/missing @/small"),
            Map.entry("a closed connection", "-H Connection:close @/small"),
            Map.entry("an upload", "-H Expect: --data-binary @BODY @/echo"),
            Map.entry("a chunked upload", "-H Expect: -H Transfer-Encoding:chunked --data-binary @BODY @/echo"),
            Map.entry("100-continue", "--expect100-timeout 20 -H Expect:100-continue --data-binary @BODY @/echo"),
            Map.entry("a range", "-r 100-1999 @/range"),
            Map.entry("no content", "@/empty"),
            Map.entry("an error", "@/broken"),
            Map.entry("a redirect", "-L @/moved"),
            Map.entry("two cookies", "@/cookies"),
            Map.entry("gzip", "--compressed @/gzip"),
            Map.entry("events", "-N @/events"),
            Map.entry("odd methods", "-X PATCH @/a -X PATCH @/b"),
            Map.entry("an odd target", "-g --path-as-is @/a//b/%2F%20;v=1?x=[1]&y=%2500&z"),
            Map.entry("fields of its own", "-H X-Test:caf\u00e9 @/fields"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "node", "waitress", "gunicorn"})
    void gets_the_same_directly_and_through_the_proxy(String server) throws Exception {
        assumeTrue(KitServer.has("curl"), "skipped: curl is not installed");
        Path body = folder.resolve("body");
        Files.write(body, "0123456789".repeat(30_000).getBytes(StandardCharsets.US_ASCII));
        try (KitStand stand = KitStand.of(server)) {
            for (Map.Entry<String, String> call : CALLS.entrySet()) {
                String direct = curl(call.getValue(), stand.direct(), body);
                assertThat(direct)
                        .as("%s from %s directly", call.getKey(), server)
                        .startsWith("HTTP/1.");
                assertThat(curl(call.getValue(), stand.proxied(), body))
                        .as("%s from %s through the proxy", call.getKey(), server)
                        .isEqualTo(direct);
            }
        }
    }

    private static String curl(String call, String address, Path body) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-i", "--max-time", "30"));
        for (String word : call.split(" ", -1)) {
            command.add(word.equals("@BODY") ? "@" + body : word.replaceFirst("^@/", address + "/"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String got = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        process.waitFor(30, TimeUnit.SECONDS);
        return got.replaceAll("(?im)^date: .*\r\n", "");
    }
}
