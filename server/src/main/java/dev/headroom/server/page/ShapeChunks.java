package dev.headroom.server.page;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sums of each statement over chunks of a recording's rows, of at most {@value #MOST_ROWS} rows or a few more than
 * {@value #MOST_STATEMENTS} statements each, so that those of a time range are added up without reading each of its rows:
 * only the chunks at its ends are read. Bounded; not thread-safe.
 */
final class ShapeChunks {
    static final int MOST_ROWS = 512;
    static final int MOST_STATEMENTS = 4_096;

    private static final int MOST_NAMES = 5_000;
    private static final int MOST_SUMS = 120_000;
    private static final int SHAPE_SHIFT = 42;
    private static final int SITE_SHIFT = 28;
    private static final int SITE_MASK = (1 << (SHAPE_SHIFT - SITE_SHIFT)) - 1;
    private static final int OPERATION_MASK = (1 << SITE_SHIFT) - 1;

    private final Numbers<QueryShape> shapes = new Numbers<>();
    private final Numbers<CallSite> sites = new Numbers<>();
    private final Numbers<String> operations = new Numbers<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private Chunk open = new Chunk(0);
    private int sums;

    /** Some rows: their sums by shape, call site and route, and when the first and the last of what they hold started. */
    private static final class Chunk {
        private final long firstRow;
        private long lastRow;
        private int rows;
        private long statements;
        private long from = Long.MAX_VALUE;
        private long to = Long.MIN_VALUE;
        /** While it is added to; null where it has more than is kept. */
        private @Nullable Map<Long, long[]> byKey = new HashMap<>();

        private long[] keys = new long[0];
        private long[] figures = new long[0];

        Chunk(long firstRow) {
            this.firstRow = firstRow;
            lastRow = firstRow;
        }

        boolean full() {
            return rows >= MOST_ROWS || statements >= MOST_STATEMENTS;
        }

        void close(boolean keep) {
            Map<Long, long[]> all = byKey;
            byKey = null;
            if (all == null || !keep) {
                return;
            }
            keys = new long[all.size()];
            figures = new long[all.size() * ShapeFigures.SIZE];
            int at = 0;
            for (Map.Entry<Long, long[]> each : all.entrySet()) {
                System.arraycopy(each.getValue(), 0, figures, at * ShapeFigures.SIZE, ShapeFigures.SIZE);
                keys[at++] = each.getKey();
            }
        }

        boolean summed() {
            return byKey != null || keys.length > 0 || statements == 0;
        }
    }

    /** Things by number from 1, 0 for none. */
    private static final class Numbers<T> {
        private final List<T> things = new ArrayList<>();
        private final Map<T, Integer> numbers = new HashMap<>();

        /** Its number; 0 where there are too many. */
        int of(T thing) {
            Integer known = numbers.get(thing);
            if (known == null && things.size() < MOST_NAMES) {
                things.add(thing);
                numbers.put(thing, things.size());
                return things.size();
            }
            return known == null ? 0 : known;
        }

        T get(int number) {
            return things.get(number - 1);
        }
    }

    /** What is added from here on lies in the recording's row of that number. */
    void row(long number) {
        if (open.full()) {
            boolean keep = open.byKey != null && sums + open.byKey.size() <= MOST_SUMS;
            sums += keep && open.byKey != null ? open.byKey.size() : 0;
            open.close(keep);
            chunks.add(open);
            open = new Chunk(number);
        }
        open.lastRow = number;
        open.rows++;
    }

    void add(RequestTrace trace) {
        seen(trace.request().startNanos());
        String operation = trace.request().operation();
        for (Query query : trace.queries()) {
            add(operation, query);
        }
        for (FoldedQueries more : trace.folded()) {
            long[] sum = sum(operation, more.shape(), null);
            if (sum != null) {
                ShapeFigures.add(sum, more);
            }
            open.statements++;
        }
    }

    void addOutside(Query query) {
        seen(query.startNanos());
        add(ShapeTotals.OUTSIDE, query);
    }

    private void seen(long startNanos) {
        open.from = Math.min(open.from, startNanos);
        open.to = Math.max(open.to, startNanos);
    }

    private void add(String operation, Query query) {
        open.statements++;
        long[] sum = sum(operation, query.shape(), query.callSite());
        if (sum != null) {
            ShapeFigures.add(sum, query);
        }
    }

    private long @Nullable [] sum(String operation, QueryShape shape, @Nullable CallSite site) {
        long shapeNumber = shapes.of(shape);
        long operationNumber = operations.of(operation);
        long siteNumber = site == null ? 0 : sites.of(site);
        if (shapeNumber == 0 || operationNumber == 0 || (site != null && siteNumber == 0)) {
            // one more than have a number: these rows are looked at one by one
            open.byKey = null;
        }
        if (open.byKey == null) {
            return null;
        }
        long key = shapeNumber << SHAPE_SHIFT | siteNumber << SITE_SHIFT | operationNumber;
        return open.byKey.computeIfAbsent(key, each -> new long[ShapeFigures.SIZE]);
    }

    /**
     * Adds the sums of those chunks of which everything started in the range.
     *
     * @return the first and the last row of what must be looked at one by one, in order
     */
    List<long[]> addTo(ShapeTotals totals, TimeRange range) {
        List<long[]> others = new ArrayList<>();
        for (int i = 0; i <= chunks.size(); i++) {
            Chunk chunk = i < chunks.size() ? chunks.get(i) : open;
            if (chunk.from > range.toNanos() || chunk.to < range.fromNanos()) {
                continue;
            }
            if (chunk.summed() && range.contains(chunk.from) && range.contains(chunk.to)) {
                addTo(totals, chunk);
            } else {
                others.add(new long[] {chunk.firstRow, chunk.lastRow});
            }
        }
        return others;
    }

    private void addTo(ShapeTotals totals, Chunk chunk) {
        if (chunk.byKey != null) {
            chunk.byKey.forEach((key, figures) -> add(totals, key, figures));
        }
        for (int i = 0; i < chunk.keys.length; i++) {
            int at = i * ShapeFigures.SIZE;
            add(totals, chunk.keys[i], Arrays.copyOfRange(chunk.figures, at, at + ShapeFigures.SIZE));
        }
    }

    private void add(ShapeTotals totals, long key, long[] figures) {
        int site = (int) (key >> SITE_SHIFT) & SITE_MASK;
        totals.add(
                shapes.get((int) (key >> SHAPE_SHIFT)),
                operations.get((int) key & OPERATION_MASK),
                site == 0 ? null : sites.get(site),
                figures);
    }
}
