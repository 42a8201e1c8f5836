package dev.headroom.server.page;

import dev.headroom.server.compare.MemoryDuring;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of a time range, with the points of their growth line. */
final class RoutesAnswer {
    private static final int MOST_POINTS = 60;
    private static final int STATEMENT_BITS = 24;
    private static final long STATEMENT_MASK = (1L << STATEMENT_BITS) - 1;
    private static final long MOST_ROWS = (1L << (62 - STATEMENT_BITS)) - 1;

    private final RequestIndex index;
    private final int operation;
    private final Percentiles nanos = new Percentiles();
    private final Percentiles statements = new Percentiles();
    private final Percentiles bytes = new Percentiles();
    /** Rows of a request above its statements: sorted, they are the growth line and the percentiles of rows at once. */
    private final Percentiles rowsAndStatements = new Percentiles();

    private long requests;
    private long failed;
    private long totalNanos;
    private long databaseNanos;

    private RoutesAnswer(RequestIndex index, int operation) {
        this.index = index;
        this.operation = operation;
    }

    static List<Object> of(RunView view, TimeRange range) {
        RequestIndex index = view.requests();
        @Nullable RoutesAnswer[] routes = new RoutesAnswer[index.operations().size()];
        long all = 0;
        for (int i = 0; i < index.size(); i++) {
            if (range.contains(index.start(i))) {
                RoutesAnswer route = routes[index.operation(i)];
                if (route == null) {
                    route = new RoutesAnswer(index, index.operation(i));
                    routes[index.operation(i)] = route;
                }
                route.add(i);
                all += index.nanos(i);
            }
        }
        MemoryDuring memory = view.memory(range);
        BitSet[] inFlight = index.inFlight(memory);
        List<Object> list = new ArrayList<>();
        for (RoutesAnswer each : routes) {
            if (each != null) {
                Map<String, Object> map = each.map(all);
                map.putAll(memory(memory.bytes(inFlight[each.operation])));
                list.add(map);
            }
        }
        return list;
    }

    /** What the app held at the samples while a request of the route was in flight. */
    private static Map<String, Object> memory(long[] bytes) {
        Percentiles held = new Percentiles();
        for (long each : bytes) {
            held.add(each);
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("memorySamples", bytes.length);
        map.put("memoryMedian", bytes.length == 0 ? null : held.at(0.5));
        map.put("memoryFirst", bytes.length == 0 ? null : bytes[0]);
        map.put("memoryLast", bytes.length == 0 ? null : bytes[bytes.length - 1]);
        map.put("memoryMax", bytes.length == 0 ? null : held.at(1));
        return map;
    }

    private void add(int at) {
        requests++;
        failed += index.failed(at) ? 1 : 0;
        totalNanos += index.nanos(at);
        databaseNanos += index.databaseNanos(at);
        nanos.add(index.nanos(at));
        statements.add(index.statements(at));
        rowsAndStatements.add(
                Math.min(MOST_ROWS, index.rows(at)) << STATEMENT_BITS | Math.min(STATEMENT_MASK, index.statements(at)));
        bytes.add(index.bytes(at));
    }

    private Map<String, Object> map(long all) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("operation", index.operations().get(operation));
        map.put("requests", requests);
        map.put("failed", failed);
        map.put("p50Nanos", nanos.at(0.5));
        map.put("p95Nanos", nanos.at(0.95));
        map.put("maxNanos", nanos.at(1));
        map.put("totalNanos", totalNanos);
        map.put("share", all == 0 ? 0 : (double) totalNanos / all);
        map.put("databaseShare", totalNanos == 0 ? 0 : Math.min(1, (double) databaseNanos / totalNanos));
        map.put("statementsMedian", statements.at(0.5));
        map.put("statementsMax", statements.at(1));
        map.put("rowsMedian", rowsAndStatements.at(0.5) >> STATEMENT_BITS);
        map.put("rowsMax", rowsAndStatements.at(1) >> STATEMENT_BITS);
        map.put("bytesMedian", bytes.at(0.5));
        map.put("bytesMax", bytes.at(1));
        map.put("growth", points());
        return map;
    }

    /** At most {@link #MOST_POINTS} pairs of rows and the most statements that a request with so many ran. */
    private List<Object> points() {
        long[] sorted = rowsAndStatements.sorted();
        int sizes = 0;
        for (int i = 0; i < sorted.length; i++) {
            sizes += last(sorted, i) ? 1 : 0;
        }
        List<Object> points = new ArrayList<>();
        double step = Math.max(1, sizes / (double) MOST_POINTS);
        double next = 0;
        int at = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (last(sorted, i) && at++ >= next) {
                points.add(List.of(sorted[i] >> STATEMENT_BITS, sorted[i] & STATEMENT_MASK));
                next += step;
            }
        }
        return points;
    }

    /** Whether the next has another number of rows: of equal ones, the last has the most statements. */
    private static boolean last(long[] sorted, int i) {
        return i + 1 == sorted.length || sorted[i] >> STATEMENT_BITS != sorted[i + 1] >> STATEMENT_BITS;
    }
}
