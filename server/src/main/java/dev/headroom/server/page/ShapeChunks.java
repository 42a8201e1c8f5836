package dev.headroom.server.page;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of each statement over every {@value #SIZE} requests, so that those of a time range are added up without
 * reading each of its requests: only the chunks at its ends are read. Bounded; not thread-safe.
 */
final class ShapeChunks {
    static final int SIZE = 512;

    private static final int MOST_SHAPES = 5_000;
    private static final int MOST_SUMS = 200_000;
    private static final int FIGURES = 4;

    private final List<QueryShape> shapes = new ArrayList<>();
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<@Nullable Chunk> chunks = new ArrayList<>();
    private Map<Long, long[]> open = new HashMap<>();
    private int inOpen;
    private boolean openWhole = true;
    private long openFrom = Long.MAX_VALUE;
    private long openTo = Long.MIN_VALUE;
    private int sums;

    /** One chunk: its sums by shape and route, and when its first and its last request started. */
    private static final class Chunk {
        private final long from;
        private final long to;
        private final long[] keys;
        private final long[] figures;

        Chunk(long from, long to, long[] keys, long[] figures) {
            this.from = from;
            this.to = to;
            this.keys = keys;
            this.figures = figures;
        }
    }

    /** One more request, of the route of that number. */
    void add(RequestTrace trace, int operation) {
        for (Query query : trace.queries()) {
            add(query.shape(), operation, 1, query.nanos(), query.rows(), query.bytes());
        }
        for (FoldedQueries more : trace.folded()) {
            add(more.shape(), operation, more.count(), more.nanos(), more.rows(), more.bytes());
        }
        openFrom = Math.min(openFrom, trace.request().startNanos());
        openTo = Math.max(openTo, trace.request().startNanos());
        if (++inOpen == SIZE) {
            close();
        }
    }

    private void add(QueryShape shape, int operation, long... figures) {
        Integer number = numbers.get(shape.id());
        if (number == null) {
            if (shapes.size() >= MOST_SHAPES) {
                openWhole = false;
                return;
            }
            number = shapes.size();
            numbers.put(shape.id(), number);
            shapes.add(shape);
        }
        long[] sum = open.computeIfAbsent(number.longValue() << 32 | operation, key -> new long[FIGURES]);
        for (int i = 0; i < FIGURES; i++) {
            sum[i] += figures[i];
        }
    }

    private void close() {
        boolean kept = openWhole && sums + open.size() <= MOST_SUMS;
        sums += kept ? open.size() : 0;
        chunks.add(kept ? closed() : null);
        openWhole = true;
        open = new HashMap<>();
        inOpen = 0;
        openFrom = Long.MAX_VALUE;
        openTo = Long.MIN_VALUE;
    }

    private Chunk closed() {
        long[] keys = new long[open.size()];
        long[] figures = new long[open.size() * FIGURES];
        int at = 0;
        for (Map.Entry<Long, long[]> each : open.entrySet()) {
            System.arraycopy(each.getValue(), 0, figures, at * FIGURES, FIGURES);
            keys[at++] = each.getKey();
        }
        return new Chunk(openFrom, openTo, keys, figures);
    }

    /**
     * Adds the sums of that chunk, if all of its requests started in the range.
     *
     * @param number counted from the first request that was added
     * @return false where its requests must be looked at one by one
     */
    boolean addTo(ShapeTotals totals, int number, TimeRange range, List<String> operations) {
        Chunk chunk = number < chunks.size() ? chunks.get(number) : null;
        if (chunk == null || !range.contains(chunk.from) || !range.contains(chunk.to)) {
            return false;
        }
        for (int i = 0; i < chunk.keys.length; i++) {
            int at = i * FIGURES;
            totals.add(
                    operations.get((int) chunk.keys[i]),
                    new FoldedQueries(
                            shapes.get((int) (chunk.keys[i] >> 32)),
                            chunk.figures[at],
                            chunk.figures[at + 1],
                            chunk.figures[at + 2],
                            chunk.figures[at + 3]));
        }
        return true;
    }
}
