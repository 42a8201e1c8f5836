package dev.headroom.server.page;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.server.compare.MemoryDuring;
import dev.headroom.server.compare.Metric;
import dev.headroom.server.compare.RouteFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of each request of a recording in columns of primitives, about 70 bytes a request, so that any time range
 * is summed up in a few milliseconds. Beyond a bound that depends on the heap the oldest half is dropped. Not thread-safe.
 */
final class RequestIndex {
    private static final int BYTES_EACH = 64;

    /** What a sixth of the heap holds: the page of a run lives in a process of 48 MB. */
    private static final int MOST =
            (int) Math.max(20_000, Math.min(400_000, Runtime.getRuntime().maxMemory() / 6 / BYTES_EACH));

    private final List<String> operations = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int size;
    private long dropped;
    private long[] ids = new long[1024];
    private long[] starts = new long[1024];
    private long[] nanos = new long[1024];
    private long[] databaseNanos = new long[1024];
    private long[] rows = new long[1024];
    private long[] bytes = new long[1024];
    private int[] statements = new int[1024];
    private int[] operation = new int[1024];
    private short[] status = new short[1024];
    private short[] inFlight = new short[1024];

    void add(RequestTrace trace) {
        makeRoom();
        Request request = trace.request();
        ids[size] = request.id();
        starts[size] = request.startNanos();
        nanos[size] = request.nanos();
        operation[size] = number(request.operation());
        status[size] = (short) request.status();
        inFlight[size] = (short) Math.min(Short.MAX_VALUE, request.inFlight());
        statements[size] = (int) Math.min(Integer.MAX_VALUE, trace.statements());
        databaseNanos[size] = busy(trace);
        rows[size] = 0;
        bytes[size] = 0;
        for (Query query : trace.queries()) {
            rows[size] += query.rows();
            bytes[size] += query.bytes();
        }
        for (FoldedQueries more : trace.folded()) {
            rows[size] += more.rows();
            bytes[size] += more.bytes();
        }
        size++;
    }

    /** The time in which at least one of its statements ran; queries come in order of start. */
    private static long busy(RequestTrace trace) {
        long sum = 0;
        long until = Long.MIN_VALUE;
        for (Query query : trace.queries()) {
            long from = Math.max(until, query.startNanos());
            if (query.endNanos() > from) {
                sum += query.endNanos() - from;
                until = query.endNanos();
            }
        }
        for (FoldedQueries more : trace.folded()) {
            sum += more.nanos();
        }
        return sum;
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, key -> {
            operations.add(key);
            return operations.size() - 1;
        });
    }

    private void makeRoom() {
        if (size < ids.length) {
            return;
        }
        if (size >= MOST) {
            dropped += size / 2;
            shift(size / 2);
            return;
        }
        int capacity = Math.min(MOST, size * 2);
        ids = Arrays.copyOf(ids, capacity);
        starts = Arrays.copyOf(starts, capacity);
        nanos = Arrays.copyOf(nanos, capacity);
        databaseNanos = Arrays.copyOf(databaseNanos, capacity);
        rows = Arrays.copyOf(rows, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
        statements = Arrays.copyOf(statements, capacity);
        operation = Arrays.copyOf(operation, capacity);
        status = Arrays.copyOf(status, capacity);
        inFlight = Arrays.copyOf(inFlight, capacity);
    }

    private void shift(int by) {
        for (Object column :
                new Object[] {ids, starts, nanos, databaseNanos, rows, bytes, statements, operation, status, inFlight
                }) {
            System.arraycopy(column, by, column, 0, size - by);
        }
        size -= by;
    }

    /** Each route's figures over all requests in here. */
    List<RouteFigures> figures(MemoryDuring memory, MemoryDuring heap) {
        int[] counts = new int[operations.size()];
        for (int i = 0; i < size; i++) {
            counts[operation[i]]++;
        }
        List<Map<Metric, long[]>> byRoute = new ArrayList<>();
        for (int count : counts) {
            Map<Metric, long[]> figures = new EnumMap<>(Metric.class);
            for (Metric metric : Metric.values()) {
                figures.put(metric, new long[metric.sampled() ? 0 : count]);
            }
            byRoute.add(figures);
        }
        BitSet[] inFlight = inFlight(memory);
        BitSet[] inFlightOfHeap = inFlight(heap);
        int[] next = new int[counts.length];
        for (int i = 0; i < size; i++) {
            Map<Metric, long[]> figures = byRoute.get(operation[i]);
            int at = next[operation[i]]++;
            for (Metric metric : Metric.values()) {
                long[] values = figures.get(metric);
                if (values != null && !metric.sampled()) {
                    values[at] = figure(metric, i);
                }
            }
        }
        List<RouteFigures> list = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                byRoute.get(i).put(Metric.MEMORY, memory.bytes(inFlight[i]));
                byRoute.get(i).put(Metric.HEAP, heap.bytes(inFlightOfHeap[i]));
                list.add(RouteFigures.of(operations.get(i), byRoute.get(i)));
            }
        }
        return list;
    }

    private long figure(Metric metric, int at) {
        return switch (metric) {
            case STATEMENTS -> statements[at];
            case TIME -> nanos[at];
            case ROWS -> rows[at];
            case BYTES -> bytes[at];
            case MEMORY, HEAP -> throw new IllegalArgumentException(metric + " is not a request's own");
        };
    }

    /** By operation, the samples that were taken while a request of it was in flight. */
    BitSet[] inFlight(MemoryDuring memory) {
        BitSet[] marked = new BitSet[operations.size()];
        for (int i = 0; i < marked.length; i++) {
            marked[i] = new BitSet();
        }
        for (int i = 0; i < size && !memory.isEmpty(); i++) {
            memory.mark(marked[operation[i]], starts[i], starts[i] + nanos[i]);
        }
        return marked;
    }

    int size() {
        return size;
    }

    /** Requests that are too old to be in here. */
    long dropped() {
        return dropped;
    }

    List<String> operations() {
        return operations;
    }

    /** The operation's number; -1 where no request has it. */
    int operationNumber(String name) {
        return numbers.getOrDefault(name, -1);
    }

    long id(int at) {
        return ids[at];
    }

    long start(int at) {
        return starts[at];
    }

    long nanos(int at) {
        return nanos[at];
    }

    long databaseNanos(int at) {
        return databaseNanos[at];
    }

    long rows(int at) {
        return rows[at];
    }

    long bytes(int at) {
        return bytes[at];
    }

    int statements(int at) {
        return statements[at];
    }

    int operation(int at) {
        return operation[at];
    }

    int status(int at) {
        return status[at];
    }

    int inFlight(int at) {
        return inFlight[at];
    }

    /** Whether it ended with a server's error, or without a whole response. */
    boolean failed(int at) {
        return status[at] == 0 || status[at] >= 500;
    }
}
