package dev.headroom.server.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.server.recording.RecordingSettings;
import dev.headroom.server.recording.RecordingWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Prints how long each answer of the page takes over a recording, and when Chromium paints: {@code PageFigures FILE
 * ROUNDS}, on a file that {@code PageFigures write FILE REQUESTS} wrote. Each round asks for another time range, so that
 * no answer is one that was kept but the one that says so.
 */
final class PageFigures {
    private static final long START = 1_000_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final int ROUTES = 20;

    private final Random random = new Random(1);
    private long queryId;

    private PageFigures() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("write")) {
            new PageFigures().write(Path.of(args[1]), Integer.parseInt(args[2]));
            return;
        }
        measure(Path.of(args[0]), Integer.parseInt(args[1]));
    }

    private static void measure(Path file, int rounds) throws Exception {
        try (PageServer server = PageServer.start(PageSettings.defaults().atPort(0), List.of(file, file))) {
            URI address = server.address();
            HttpClient client = HttpClient.newHttpClient();
            long began = System.nanoTime();
            firstPaint(address);
            while (!get(client, address, "api/recordings").matches("(?s).*\"read\":true.*\"read\":true.*")) {
                Thread.onSpinWait();
            }
            System.out.printf("both recordings read after %.1f s%n", (System.nanoTime() - began) / 1e9);
            Map<String, List<Double>> times = new LinkedHashMap<>();
            for (int round = 0; round < rounds; round++) {
                String range = "from=" + round + "&to=" + (90_000_000 + round);
                for (String what : List.of("series", "routes", "requests", "requests?sort=statements")) {
                    time(client, address, times, what, what + (what.contains("?") ? "&" : "?") + range);
                }
                // three fifths of the run, cut in the middle of everything that is added up ahead
                String part = "from=" + (200_000 + round * 1_003) + "&to=" + (800_000 + round * 1_003);
                time(client, address, times, "shapes of a part", "shapes?" + part);
                judge(client, address, times, "three fifths of the run", part);
                judge(
                        client,
                        address,
                        times,
                        "500 requests",
                        "from=" + (round * 5_000) + "&to=" + (round * 5_000 + 4_999));
                time(client, address, times, "shapes", "shapes?round=" + round);
                for (String what : List.of("report", "compare/1", "request/" + (1 + round * 997), "routes")) {
                    String label =
                            what.startsWith("request/") ? "request/…" : what.equals("routes") ? "routes, kept" : what;
                    time(client, address, times, label, what + "?round=" + (what.equals("routes") ? 0 : round));
                }
            }
            System.out.println("| answer | median | max |");
            System.out.println("|---|---|---|");
            times.forEach((what, each) -> {
                each.sort(null);
                System.out.printf(
                        "| %s | %.0f ms | %.0f ms |%n", what, each.get(each.size() / 2), each.get(each.size() - 1));
            });
            firstPaint(address);
        }
    }

    private static void firstPaint(URI address) {
        try (Chromium chromium = Chromium.start()) {
            Page page = chromium.page(1280, 800, ColorScheme.LIGHT);
            page.navigate(address.toString());
            page.waitForSelector(".finding, .state.empty");
            Object paint = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
            Object shown = page.evaluate("() => performance.now()");
            System.out.printf(
                    "first paint %.0f ms, findings shown after %.0f ms%n",
                    ((Number) paint).doubleValue(), ((Number) shown).doubleValue());
        }
    }

    private static void time(
            HttpClient client, URI address, Map<String, List<Double>> times, String label, String question)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        get(client, address, "api/recordings/0/" + question);
        times.computeIfAbsent(label, key -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
    }

    /** Asks for the findings of a part until they are there. */
    private static void judge(
            HttpClient client, URI address, Map<String, List<Double>> times, String part, String range)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        String answer = "\"findings\":null";
        while (answer.contains("\"findings\":null")) {
            long asked = System.nanoTime();
            answer = get(client, address, "api/recordings/0/findings?" + range);
            times.computeIfAbsent("findings of " + part + ", each answer", key -> new ArrayList<>())
                    .add((System.nanoTime() - asked) / 1e6);
        }
        times.computeIfAbsent("findings of " + part + ", until they are there", key -> new ArrayList<>())
                .add((System.nanoTime() - start) / 1e6);
    }

    private static String get(HttpClient client, URI address, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private void write(Path file, int requests) throws IOException {
        Files.deleteIfExists(file);
        try (RecordingWriter writer = RecordingWriter.create(file, RecordingSettings.defaults())) {
            for (long i = 1; i <= requests; i++) {
                writer.request(request(i));
                if (i % 100 == 0) {
                    long used = (200L << 20) + random.nextInt(1 << 24);
                    writer.sample(
                            new MemorySample(START + i * 10 * MILLI, used, used, 0, 1, 20, 30, 0, -1, -1, -1, -1));
                    writer.jvm(new JvmSample(
                            START + i * 10 * MILLI, 1, used / 4, used / 4, used, 1L << 28, 1 << 25, i, i * MILLI, 20));
                }
            }
        }
    }

    private RequestTrace request(long id) {
        long start = START + id * 10 * MILLI;
        int route = random.nextInt(ROUTES);
        int size = 1 + random.nextInt(50);
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            queries.add(query(id, start + (i + 1) * MILLI, route * 4 + i, i == 0 ? size : 1));
        }
        long end = start + 6 * MILLI + random.nextInt(20_000_000);
        Request request = new Request(
                id,
                "GET",
                "/api/route" + route,
                "/api/route" + route,
                200,
                start,
                -1,
                start + 50,
                end - 900,
                end,
                end,
                0,
                9_000,
                1 + random.nextInt(3),
                false,
                Outcome.COMPLETED);
        return new RequestTrace(request, queries, List.of(), new ResponseValues(Digests.of(), true, true));
    }

    private Query query(long request, long start, int shape, int rows) {
        QueryShape text = new QueryShape(
                shape * 0x9E3779B97F4A7C15L,
                "SELECT id, name, city FROM table" + shape + " WHERE id = ?",
                StatementKind.SELECT,
                List.of("table" + shape),
                false);
        return new Query(
                ++queryId,
                request,
                Attribution.LIKELY_ALONE,
                1,
                0,
                text,
                null,
                start,
                start + 200_000,
                start + 250_000 + random.nextInt(500_000),
                rows,
                60L * rows,
                Digests.of(random.nextLong()),
                true,
                List.of(),
                null);
    }
}
