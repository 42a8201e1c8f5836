package dev.headroom.server.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The routes of a time range, with the points of their growth line. */
final class RoutesAnswer {
    private static final int MOST_POINTS = 60;

    private final RequestIndex index;
    private final int operation;
    private final Percentiles nanos = new Percentiles();
    private final Percentiles statements = new Percentiles();
    private final Percentiles rows = new Percentiles();
    private final Percentiles bytes = new Percentiles();
    /** Rows of the result to the most statements that a request with so many rows ran. */
    private final TreeMap<Long, Long> growth = new TreeMap<>();

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
        List<Object> list = new ArrayList<>();
        for (RoutesAnswer each : routes) {
            if (each != null) {
                list.add(each.map(all));
            }
        }
        return list;
    }

    private void add(int at) {
        requests++;
        failed += index.failed(at) ? 1 : 0;
        totalNanos += index.nanos(at);
        databaseNanos += index.databaseNanos(at);
        nanos.add(index.nanos(at));
        statements.add(index.statements(at));
        rows.add(index.rows(at));
        bytes.add(index.bytes(at));
        growth.merge(index.rows(at), (long) index.statements(at), Math::max);
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
        map.put("rowsMedian", rows.at(0.5));
        map.put("rowsMax", rows.at(1));
        map.put("bytesMedian", bytes.at(0.5));
        map.put("bytesMax", bytes.at(1));
        map.put("growth", points());
        return map;
    }

    /** At most {@link #MOST_POINTS} pairs of rows and statements, evenly chosen. */
    private List<Object> points() {
        List<Object> points = new ArrayList<>();
        double step = Math.max(1, growth.size() / (double) MOST_POINTS);
        double next = 0;
        int at = 0;
        for (Map.Entry<Long, Long> each : growth.entrySet()) {
            if (at++ >= next) {
                points.add(List.of(each.getKey(), each.getValue()));
                next += step;
            }
        }
        return points;
    }
}
