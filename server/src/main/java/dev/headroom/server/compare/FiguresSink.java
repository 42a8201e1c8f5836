package dev.headroom.server.compare;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the figures of each request by route, of a route's first {@value #MOST} requests. For one thread. */
final class FiguresSink implements TraceSink {
    private static final int MOST = 20_000;

    private final Map<String, Column> routes = new LinkedHashMap<>();

    private static final class Column {
        private long[][] figures = new long[Metric.values().length][16];
        private int size;

        void add(long... values) {
            if (size == MOST) {
                return;
            }
            for (int i = 0; i < figures.length; i++) {
                if (size == figures[i].length) {
                    figures[i] = Arrays.copyOf(figures[i], size * 2);
                }
                figures[i][size] = values[i];
            }
            size++;
        }

        Map<Metric, long[]> byMetric() {
            Map<Metric, long[]> map = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                map.put(metric, Arrays.copyOf(figures[metric.ordinal()], size));
            }
            return map;
        }
    }

    @Override
    public void request(RequestTrace trace) {
        long rows = 0;
        long bytes = 0;
        for (Query query : trace.queries()) {
            rows += query.rows();
            bytes += query.bytes();
        }
        for (FoldedQueries more : trace.folded()) {
            rows += more.rows();
            bytes += more.bytes();
        }
        routes.computeIfAbsent(trace.request().operation(), key -> new Column())
                .add(trace.statements(), trace.request().nanos(), rows, bytes);
    }

    List<RouteFigures> figures() {
        return routes.entrySet().stream()
                .map(each -> RouteFigures.of(each.getKey(), each.getValue().byMetric()))
                .toList();
    }
}
