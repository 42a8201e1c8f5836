package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.Lossless;
import dev.headroom.server.recording.RecordingWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A generated run of a shop with an N+1, duplicates, a route that grows, failures, and markup where it hurts. */
final class StoryRecording {
    static final String MARKUP = "<img src=x onerror=\"document.title='run'\">";

    private static final long START = 1_000_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private static final DatabaseFacts STATISTICS = new DatabaseFacts(
            List.of(new DatabaseFacts.Table("office", 100_000), new DatabaseFacts.Table("order", 900_000)),
            List.of(
                    new DatabaseFacts.Column("office", "company_id", 0.4, 30, 30_000),
                    new DatabaseFacts.Column("order", "office_id", 0.1, 90, 30_000)),
            List.of(new DatabaseFacts.ForeignKey("order", "office_id", "office", "id")));
    private static final OrmFacts MODELS = new OrmFacts(
            List.of(new OrmFacts.Table(
                    "order", "Order", "orders.models", List.of(new OrmFacts.Column("office_id", "office", "Office")))),
            List.of());

    private final TraceSink sink;
    private final boolean fixed;
    private final Random random = new Random(5);
    private long now = START + 900 * MILLI;
    private long requestId;
    private long connection = 1;
    private long queryId;
    private long clock;
    private long nextSample = START;

    private StoryRecording(TraceSink sink, boolean fixed) {
        this.sink = sink;
        this.fixed = fixed;
    }

    /** Writes a run of {@code requests}; {@code fixed} is the one after the queries were joined. */
    static Path write(Path file, int requests, boolean fixed) {
        return written(file, writer -> tell(writer, requests, fixed));
    }

    /** Writes one of {@code requests} before, with what the database and the ORM told of their tables. */
    static Path writeDescribed(Path file, int requests) {
        return written(file, writer -> {
            writer.database(STATISTICS);
            writer.orm(MODELS);
            tell(writer, requests, false);
        });
    }

    private static Path written(Path file, Consumer<TraceSink> telling) {
        RecordingWriter writer = RecordingWriter.create(file, Lossless.SETTINGS);
        try (writer) {
            telling.accept(writer);
        }
        assertThat(writer.status().complete()).isTrue();
        return file;
    }

    static void tell(TraceSink sink, int requests, boolean fixed) {
        new StoryRecording(sink, fixed).tell(requests);
    }

    private void tell(int requests) {
        sink.run(new RunInfo(
                "waitress-serve --threads=8 --port={port} wsgi:application",
                1_790_000_000_000L,
                START,
                "0.1.0",
                Map.of("os", "Linux", "framework", "django")));
        sink.event(new Event(START + 800 * MILLI, Event.Kind.APP_LISTENING, 0, "the app listens at its port"));
        sink.connection(new Connection(1, 4242, START + 850 * MILLI, START + 852 * MILLI, 0));
        for (int i = 0; i < requests; i++) {
            switch (i % 5) {
                case 0, 1 -> orders();
                case 2 -> offices(1 + i * 7 % 312);
                case 3 -> simple("GET", "/api/companies/" + i, "/api/companies/{id}", 200);
                default -> simple("POST", "/" + MARKUP, "/" + MARKUP, i % 50 == 4 ? 500 : 201);
            }
            samples();
        }
        sink.event(new Event(now, Event.Kind.ROUTER_TIMEOUT, requestId, "a router would have given up on " + MARKUP));
        sink.outside(query(0, Attribution.BACKGROUND, 90, "SELECT pg_sleep(?)", List.of(), new long[0], null));
        sink.outside(query(0, Attribution.UNATTRIBUTED, 91, "SELECT 1 FROM jobs", List.of(), new long[0], null));
        sink.counters(new CaptureCounters(requests, queryId, 0, 0, 2, 3, 0, 1, 0, 0, 0));
    }

    private void orders() {
        long[] offices = ids(20, 100);
        long[] users = ids(20, 500);
        begin();
        List<Query> queries = new ArrayList<>();
        queries.add(query(
                requestId,
                Attribution.EXACT,
                1,
                fixed
                        ? "SELECT \"order\".id, office.name FROM \"order\" INNER JOIN office ON office.id = \"order\".office_id LIMIT ?"
                        : "SELECT id, office_id, user_id FROM \"order\" ORDER BY date DESC LIMIT ?",
                List.of(
                        column("order", "id", ids(20, 7_000)),
                        column("order", "office_id", offices),
                        column("order", "user_id", users)),
                new long[] {20},
                site(12, null)));
        for (int i = 0; i < 20 && !fixed; i++) {
            queries.add(query(
                    requestId,
                    Attribution.EXACT,
                    2,
                    "SELECT id, name, city FROM office WHERE id = ?",
                    List.of(
                            column("office", "id", new long[] {offices[i]}),
                            column("office", "name", ids(1, 9_000 + i))),
                    new long[] {offices[i]},
                    site(31, "Order.office")));
        }
        for (int i = 0; i < 20 && !fixed; i++) {
            queries.add(query(
                    requestId,
                    Attribution.EXACT,
                    3,
                    "SELECT id, street FROM address WHERE user_id = ? AND active LIMIT 1",
                    List.of(column("address", "street", ids(1, 12_000))),
                    new long[] {77},
                    site(44, null)));
        }
        end("GET", "/api/orders?page=1", "/api/orders", 200, queries, List.of());
    }

    private void offices(int rows) {
        begin();
        List<Query> queries = new ArrayList<>();
        long[] offices = ids(rows, 20_000);
        queries.add(query(
                requestId,
                Attribution.EXACT,
                4,
                "SELECT id, name FROM office WHERE company_id = ?",
                List.of(column("office", "id", offices)),
                new long[] {3},
                site(60, null)));
        for (int i = 0; i < rows && !fixed; i++) {
            queries.add(query(
                    requestId,
                    Attribution.EXACT,
                    5,
                    "SELECT count(*) FROM \"order\" WHERE office_id = ?",
                    List.of(column("order", "count", ids(1, i))),
                    new long[] {offices[i]},
                    site(66, null)));
        }
        end("GET", "/api/offices", "/api/offices", 200, queries, List.of());
    }

    private void simple(String method, String path, String route, int status) {
        begin();
        if (method.equals("GET")) {
            // a connection of its own: connected 1 ms after the request's first byte, ready 2.5 ms later
            connection = 100 + requestId;
            sink.connection(new Connection(connection, 4243, clock, clock + 2_500_000, 0));
            clock += 2_600_000;
        }
        Query one = query(
                requestId,
                Attribution.EXACT,
                6,
                "SELECT " + "\"" + MARKUP.replace("\"", "'") + "\" FROM company WHERE id = ?",
                List.of(column("company", MARKUP, ids(1, 1))),
                new long[] {requestId},
                null);
        connection = 1;
        end(method, path, route, status, List.of(one), List.of());
    }

    private void begin() {
        requestId++;
        now += 20 * MILLI;
        clock = now + MILLI;
    }

    private void end(
            String method, String path, String route, int status, List<Query> queries, List<FoldedQueries> folded) {
        long start = now;
        clock += 5 * MILLI;
        now = clock;
        Request request = new Request(
                requestId,
                method,
                path,
                route,
                status,
                start,
                0,
                start + 100_000,
                clock - MILLI,
                clock,
                clock,
                0,
                9_000,
                1 + random.nextInt(4),
                false,
                Outcome.COMPLETED);
        sink.request(new RequestTrace(request, queries, folded, new ResponseValues(Digests.NONE, true, true)));
    }

    private void samples() {
        while (nextSample < now) {
            long used = (60L << 20) + random.nextInt(30 << 20);
            sink.sample(new MemorySample(
                    nextSample,
                    used,
                    used + (5 << 20),
                    0,
                    1,
                    9,
                    20,
                    nextSample / 3,
                    used + (20 << 20),
                    512L << 20,
                    0,
                    0));
            long old = (20L << 20) + random.nextInt(4 << 20);
            long collections = (nextSample - START) / (500 * MILLI);
            sink.jvm(new JvmSample(
                    nextSample,
                    4_711,
                    used / 4,
                    old,
                    100L << 20,
                    256L << 20,
                    30L << 20,
                    collections,
                    collections * 3 * MILLI,
                    8));
            sink.jvm(JvmSample.unknown(nextSample, 4_712));
            nextSample += 1_000 * MILLI;
        }
    }

    private Query query(
            long request,
            Attribution how,
            long shape,
            String text,
            List<ResultColumn> columns,
            long[] values,
            @Nullable CallSite site) {
        long start = Math.max(now, clock);
        long took = 400_000L + random.nextInt(300_000);
        clock = start + took + 100_000;
        long rows = columns.isEmpty() ? 1L : columns.get(0).values().size();
        QueryShape statement =
                new QueryShape(shape * 0x9E3779B97F4A7C15L, text, StatementKind.SELECT, List.of("t" + shape), false);
        return new Query(
                ++queryId,
                request,
                how,
                connection,
                how == Attribution.EXACT ? request : 0,
                statement,
                site,
                start,
                start + took / 2,
                start + took,
                rows,
                60 + 40 * rows,
                Digests.of(values),
                true,
                columns,
                null);
    }

    private static CallSite site(int line, @Nullable String relation) {
        return new CallSite("orders/views.py", line, "list_orders", relation, null);
    }

    private static ResultColumn column(String table, String name, long[] values) {
        return new ResultColumn(
                name, table, name, 16_000 + table.hashCode() % 100, 1, 23, 8L * values.length, 0, Digests.of(values));
    }

    private static long[] ids(int count, long first) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            // Spread out as digests are.
            ids[i] = (first + i) * 0x9E3779B97F4A7C15L;
        }
        return ids;
    }

    /** Serves a generated recording for a look by hand: {@code StoryRecording FILE REQUESTS}. */
    public static void main(String[] args) throws InterruptedException {
        Path file = write(Path.of(args[0]), Integer.parseInt(args[1]), false);
        Path after = write(Path.of(args[0] + ".after"), Integer.parseInt(args[1]), true);
        try (PageServer server = PageServer.start(PageSettings.defaults(), List.of(file, after))) {
            System.out.println(server.address());
            Thread.currentThread().join();
        }
    }
}
