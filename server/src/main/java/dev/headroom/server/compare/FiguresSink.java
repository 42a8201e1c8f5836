package dev.headroom.server.compare;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the figures of each request by route, of a route's first {@value #MOST} requests. For one thread. */
final class FiguresSink implements TraceSink {
    private static final int MOST = 20_000;

    private final Map<String, Column> routes = new LinkedHashMap<>();
    private final MemoryDuring memory = new MemoryDuring();
    private final MemoryDuring heap = new MemoryDuring();

    private static final class Column {
        /** Statements, time, rows, bytes; then start and end. */
        private final long[][] figures = new long[6][16];

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

        Map<Metric, long[]> byMetric(MemoryDuring memory, MemoryDuring heap) {
            Map<Metric, long[]> map = new EnumMap<>(Metric.class);
            for (Metric metric : List.of(Metric.STATEMENTS, Metric.TIME, Metric.ROWS, Metric.BYTES)) {
                map.put(metric, Arrays.copyOf(figures[metric.ordinal()], size));
            }
            map.put(Metric.MEMORY, during(memory));
            map.put(Metric.HEAP, during(heap));
            return map;
        }

        private long[] during(MemoryDuring samples) {
            BitSet inFlight = new BitSet();
            for (int i = 0; i < size && !samples.isEmpty(); i++) {
                samples.mark(inFlight, figures[4][i], figures[5][i]);
            }
            return samples.bytes(inFlight);
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
                .add(
                        trace.statements(),
                        trace.request().nanos(),
                        rows,
                        bytes,
                        trace.request().startNanos(),
                        trace.request().endNanos());
    }

    @Override
    public void sample(MemorySample sample) {
        memory.add(sample);
    }

    @Override
    public void jvm(JvmSample sample) {
        heap.add(sample);
    }

    List<RouteFigures> figures() {
        return routes.entrySet().stream()
                .map(each -> RouteFigures.of(each.getKey(), each.getValue().byMetric(memory, heap)))
                .toList();
    }
}
