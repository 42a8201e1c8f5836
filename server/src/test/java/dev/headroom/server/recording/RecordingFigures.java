package dev.headroom.server.recording;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.TraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Prints the figures of docs/reference/recording.md: how fast requests are written and read, and the bytes that they
 * take. Usage: {@code RecordingFigures FOLDER REQUESTS STATEMENTS_EACH}.
 */
final class RecordingFigures {
    private final Random random = new Random(1);
    private long now = 1;
    private long queryId;

    private RecordingFigures() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0], "figures-" + System.nanoTime() + ".headroom");
        int requests = Integer.parseInt(args[1]);
        int statements = Integer.parseInt(args[2]);
        RecordingFigures traces = new RecordingFigures();
        List<RequestTrace> some = new ArrayList<>();
        for (int i = 0; i < Math.min(requests, 8_000 / statements); i++) {
            some.add(traces.request(i + 1, statements));
        }
        long start = System.nanoTime();
        RecordingWriter writer =
                RecordingWriter.create(file, RecordingSettings.defaults().withMaxBytes(4L << 30));
        long created = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            writer.request(some.get(i % some.size()));
        }
        writer.close();
        report(file, requests, statements, created - start, System.nanoTime() - created);
        System.out.println(writer.status());
        Files.delete(file);
    }

    private static void report(Path file, int requests, int statements, long create, long write) throws IOException {
        double all = (double) requests * statements;
        System.out.printf("create %.0f ms%n", create / 1e6);
        System.out.printf(
                "write %.2f s: %.0f requests/s, %.0f statements/s%n",
                write / 1e9, requests / (write / 1e9), all / (write / 1e9));
        System.out.printf(
                "file %.1f MB: %.0f B a request, %.1f B a statement%n",
                Files.size(file) / 1e6, Files.size(file) / (double) requests, Files.size(file) / all);
        long start = System.nanoTime();
        try (RecordingReader reader = RecordingReader.open(file)) {
            System.out.printf("open %.1f ms, %d requests%n", (System.nanoTime() - start) / 1e6, reader.requests());
            start = System.nanoTime();
            reader.replay(new TraceSink() {});
            System.out.printf("replay %.2f s%n", (System.nanoTime() - start) / 1e9);
        }
    }

    /** A list of rows, then for each row the same statement with the row's value bound: 3 columns, 1 row each. */
    private RequestTrace request(long id, int statements) {
        long start = now += 1_000_000;
        long[] keys = random.longs(statements).toArray();
        List<Query> queries = new ArrayList<>();
        queries.add(query(id, 0, new long[] {random.nextLong()}, keys));
        for (int i = 1; i < statements; i++) {
            queries.add(query(id, 1 + i % 5, new long[] {keys[i % 40 % keys.length]}, new long[] {random.nextLong()}));
        }
        Request request = new Request(
                id,
                "GET",
                "/api/orders?page=" + id,
                "/api/orders",
                200,
                start,
                -1,
                start + 50,
                start + 900,
                now,
                now,
                0,
                9_000,
                1,
                false,
                Outcome.COMPLETED);
        long[] shown = random.longs(400).sorted().toArray();
        return new RequestTrace(request, queries, List.of(), new ResponseValues(Digests.of(shown), true, true));
    }

    private Query query(long requestId, int shape, long[] bound, long[] keys) {
        long start = now += 300_000 + random.nextInt(100_000);
        QueryShape text = new QueryShape(
                shape,
                "SELECT id, name, city FROM table" + shape + " WHERE id = ?",
                StatementKind.SELECT,
                List.of("table" + shape),
                false);
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long[] values = i == 0 ? keys : random.longs(keys.length).toArray();
            columns.add(new ResultColumn(
                    "c" + i, "t" + shape, "c" + i, 16_000, i, 25, 12L * keys.length, 0, Digests.of(values)));
        }
        return new Query(
                ++queryId,
                requestId,
                Attribution.LIKELY_ALONE,
                1,
                0,
                text,
                null,
                start,
                start + 200_000,
                start + 250_000 + random.nextInt(50_000),
                keys.length,
                40L * keys.length + 60,
                Digests.of(bound),
                true,
                columns,
                null);
    }
}
