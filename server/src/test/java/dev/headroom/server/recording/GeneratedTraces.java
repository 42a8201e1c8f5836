package dev.headroom.server.recording;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RelationLoad;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Facts of every form, the same for the same seed. */
final class GeneratedTraces {
    static final RunInfo RUN = new RunInfo(
            "waitress-serve \"ü\" --port={port}", 1_700_000_000_000L, 5_000_000L, "0.1.0", Map.of("os", "Linux"));

    private final Random random;
    private final Random words;
    private long nextRequest = 1;
    private long nextQuery = 1;
    private long now = 10_000_000_000L;

    GeneratedTraces(long seed) {
        random = new Random(seed);
        words = new Random(seed);
    }

    /** Tells {@code count} facts of all kinds. */
    void tell(TraceSink sink, int count) {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(8)) {
                case 0 -> sink.outside(query(0, Attribution.values()[2 + random.nextInt(3)]));
                case 1 -> sink.event(event());
                case 2 -> {
                    sink.sample(sample());
                    sink.jvm(jvm());
                }
                case 3 -> sink.connection(connection());
                default -> sink.request(request());
            }
        }
    }

    /** A request with the queries of an N+1, some of whose values come from rows, and a response that shows some. */
    RequestTrace request() {
        long id = nextRequest++;
        now += random.nextInt(1_000_000);
        long start = now;
        long sent = maybe() ? 0 : start + random.nextInt(1000);
        long first = maybe() ? 0 : start + random.nextInt(100_000);
        long end = start + random.nextInt(1_000_000);
        Request request = new Request(
                id,
                random.nextBoolean() ? "GET" : "POST",
                "/api/örders/" + id + "?q=<b>&\u0000",
                "/api/örders/{id}/" + random.nextInt(5),
                random.nextInt(6) * 100,
                start,
                random.nextInt(3) - 1,
                sent,
                first,
                end,
                end + random.nextInt(3),
                random.nextInt(100),
                random.nextInt(100_000),
                random.nextInt(9),
                random.nextBoolean(),
                Outcome.values()[random.nextInt(Outcome.values().length)]);
        List<Query> queries = new ArrayList<>();
        List<Long> seen = new ArrayList<>(List.of(1L, 2L, -3L));
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Query query = query(id, maybe() ? Attribution.LIKELY_ALONE : Attribution.EXACT, seen);
            queries.add(query);
        }
        return new RequestTrace(request, queries, folded(), response(seen));
    }

    private List<FoldedQueries> folded() {
        return maybe()
                ? List.of(
                        new FoldedQueries(shape(1), 3, 500, 6, 900),
                        new FoldedQueries(shape(2), 1 + random.nextInt(99), 5, 0, 0))
                : List.of();
    }

    private ResponseValues response(List<Long> seen) {
        if (maybe()) {
            return ResponseValues.UNREAD;
        }
        long[] shown = seen.stream()
                .filter(each -> each != 0 && random.nextBoolean())
                .distinct()
                .sorted()
                .mapToLong(Long::longValue)
                .toArray();
        return new ResponseValues(Digests.of(shown), random.nextBoolean(), random.nextBoolean());
    }

    Query query(long requestId, Attribution attribution) {
        return query(requestId, attribution, new ArrayList<>(List.of(7L)));
    }

    private Query query(long requestId, Attribution attribution, List<Long> seen) {
        long id = nextQuery++;
        now += random.nextInt(10_000);
        long start = now;
        List<ResultColumn> columns = new ArrayList<>();
        int rows = random.nextInt(20);
        int width = maybe() ? 0 : random.nextInt(5);
        for (int i = 0; i < width; i++) {
            columns.add(column(i, rows, seen));
        }
        long[] values = new long[random.nextInt(4)];
        for (int i = 0; i < values.length; i++) {
            values[i] = maybe() ? random.nextLong() : seen.get(random.nextInt(seen.size()));
        }
        return new Query(
                id,
                requestId,
                attribution,
                1 + random.nextInt(3),
                random.nextInt(2) * id,
                shape(random.nextInt(20)),
                maybe() ? null : callSite(),
                start,
                maybe() ? 0 : start + random.nextInt(100),
                start + random.nextInt(100_000),
                rows,
                random.nextInt(100_000),
                Digests.of(values),
                random.nextBoolean(),
                columns,
                maybe() ? "23505" : null);
    }

    private ResultColumn column(int number, int rows, List<Long> seen) {
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = maybe() ? seen.get(random.nextInt(seen.size())) : maybe() ? 0 : random.nextLong();
            seen.add(values[i]);
        }
        boolean expression = maybe();
        return new ResultColumn(
                "name" + number,
                expression ? null : "öffice",
                expression ? null : "n" + number,
                expression ? 0 : 16_000 + number,
                expression ? 0 : number,
                random.nextBoolean() ? 25 : -1,
                random.nextInt(10_000),
                random.nextInt(5),
                Digests.of(values),
                words(rows, seen));
    }

    private Digests words(int rows, List<Long> seen) {
        if (rows == 0 || words.nextInt(5) > 0) {
            return Digests.NONE;
        }
        long[] digests = new long[rows * 2];
        for (int i = 0; i < digests.length; i += 2) {
            digests[i] = words.nextInt(4) == 0 ? seen.get(words.nextInt(seen.size())) : words.nextLong();
        }
        return Digests.of(digests);
    }

    private QueryShape shape(int number) {
        return new QueryShape(
                0x9E3779B97F4A7C15L * number,
                "SELECT \"a\" FROM t" + number + " WHERE x = ?",
                StatementKind.values()[number % StatementKind.values().length],
                number % 3 == 0 ? List.of() : List.of("t" + number, "\"T\nx\"".replace("\n", "_")),
                number % 7 == 0);
    }

    private CallSite callSite() {
        int line = random.nextInt(30);
        RelationLoad load = new RelationLoad(
                "Order",
                "office",
                RelationLoad.Kind.TO_ONE,
                maybe() ? "Office" : null,
                maybe(),
                maybe(),
                maybe() ? "user__office" : null,
                maybe() ? new CallSite("orders/views.py", 3, "get_queryset", null, null) : null);
        return new CallSite(
                "orders/views.py",
                line,
                "list_<b>",
                maybe() ? "Order.office" : null,
                maybe() ? "f" : null,
                maybe() ? load : null);
    }

    Event event() {
        Event.Kind[] kinds = Event.Kind.values();
        return new Event(now, kinds[random.nextInt(kinds.length)], random.nextInt(2) * nextRequest, "ended <script>");
    }

    MemorySample sample() {
        return new MemorySample(
                now,
                random.nextInt(),
                2L << 40,
                MemorySample.MISSING,
                3,
                8,
                20,
                now,
                -1,
                512 << 20,
                0,
                random.nextInt(2));
    }

    JvmSample jvm() {
        return maybe()
                ? JvmSample.unknown(now, 7)
                : new JvmSample(now, 7, maybe() ? -1 : 5, random.nextInt(1 << 30), 1 << 28, 1 << 29, -1, 3, 0, 20);
    }

    Connection connection() {
        return new Connection(
                1 + random.nextInt(9), random.nextInt(), now, maybe() ? 0 : now + 5, maybe() ? 0 : now + 9);
    }

    static CaptureCounters counters(long requests) {
        return new CaptureCounters(requests, 2, 3, 0, 0, 6, 7, 8, 9, 10, 11);
    }

    private boolean maybe() {
        return random.nextInt(4) == 0;
    }
}
