package dev.headroom.server.recording;

import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests without statements, one after the other in one body: a row of its own each would cost more than all else
 * that is done for them. Takes requests until it is full or taken away; docs/reference/recording.md has the form.
 * Thread-safe.
 */
final class RequestBlock {
    /** The most requests of one block. */
    static final int MOST_REQUESTS = 1_024;

    /** A block of so many bytes takes no more; the last request may bring a path as long as a head. */
    static final int ENOUGH_BYTES = 32 << 10;

    /** About what a block keeps alive with its first request, in bytes. */
    static final long LEAST_WEIGHT = 2_000;

    private static final int MOST_NUMBERS = 11;

    private record Target(String method, String route, String path) {
        boolean isOf(Request each) {
            return path.equals(each.path()) && route.equals(each.route()) && method.equals(each.method());
        }
    }

    private record Known(Target target, int number, RouteTotals route) {}

    private final BinaryOutput out = new BinaryOutput();

    /** The numbers of one request, written in one loop: the JVM compiles that in a third of the time of a loop each. */
    private final long[] numbers = new long[MOST_NUMBERS];

    private final Map<Target, Known> targets = new HashMap<>();
    private final Map<String, RouteTotals> routes = new LinkedHashMap<>();

    /** That of the last request, which the next often has, too. */
    private @Nullable Known lastTarget;

    private int size;
    private boolean taken;
    private long firstId = Long.MAX_VALUE;
    private long lastId;
    private long firstStart;
    private long lastStart;
    private long idBefore;
    private long startBefore;

    /** Whether a request has nothing but its own row: no statement, neither kept one by one nor counted. */
    static boolean takes(RequestTrace trace) {
        return trace.queries().isEmpty() && trace.folded().isEmpty();
    }

    /** Adds a request that it {@link #takes}; false where no more goes in. */
    synchronized boolean add(RequestTrace trace) {
        if (taken || size == MOST_REQUESTS || out.size() > ENOUGH_BYTES) {
            return false;
        }
        Request each = trace.request();
        int flags = RequestFlags.of(trace)
                | (each.sentNanos() == 0 ? 0 : RequestFlags.SENT)
                | (each.firstByteNanos() == 0 ? 0 : RequestFlags.FIRST_BYTE)
                | (each.workEndNanos() == each.endNanos() ? 0 : RequestFlags.WORKED_ON)
                | (each.bytesIn() == 0 ? 0 : RequestFlags.BYTES_IN);
        out.octet(flags);
        target(each).add(each);
        write(each, flags);
        idBefore = each.id();
        startBefore = each.startNanos();
        firstId = Math.min(firstId, each.id());
        lastId = Math.max(lastId, each.id());
        firstStart = size == 0 ? each.startNanos() : Math.min(firstStart, each.startNanos());
        lastStart = size == 0 ? each.startNanos() : Math.max(lastStart, each.startNanos());
        size++;
        return true;
    }

    /** Method, route and path are written where they come first, and referred to later. */
    private RouteTotals target(Request each) {
        Known last = lastTarget;
        if (last != null && last.target.isOf(each)) {
            out.unsigned(last.number);
            return last.route;
        }
        Target target = new Target(each.method(), each.route(), each.path());
        Known known = targets.get(target);
        if (known != null) {
            lastTarget = known;
            out.unsigned(known.number);
            return known.route;
        }
        int number = targets.size();
        out.unsigned(number);
        out.text(each.method());
        out.text(each.route());
        out.text(each.path());
        RouteTotals route = routes.computeIfAbsent(
                each.operation(), operation -> new RouteTotals(routes.size(), each.method(), each.route()));
        lastTarget = new Known(target, number, route);
        targets.put(target, lastTarget);
        return route;
    }

    private void write(Request each, int flags) {
        long start = each.startNanos();
        int count = 0;
        numbers[count++] = BinaryOutput.zigzag(each.id() - idBefore);
        numbers[count++] = BinaryOutput.zigzag(start - startBefore);
        numbers[count++] = BinaryOutput.zigzag(each.status());
        numbers[count++] = BinaryOutput.zigzag(each.queueNanos());
        if ((flags & RequestFlags.SENT) != 0) {
            numbers[count++] = BinaryOutput.zigzag(each.sentNanos() - start);
        }
        if ((flags & RequestFlags.FIRST_BYTE) != 0) {
            numbers[count++] = BinaryOutput.zigzag(each.firstByteNanos() - start);
        }
        numbers[count++] = each.endNanos() - start;
        if ((flags & RequestFlags.WORKED_ON) != 0) {
            numbers[count++] = each.workEndNanos() - each.endNanos();
        }
        if ((flags & RequestFlags.BYTES_IN) != 0) {
            numbers[count++] = BinaryOutput.zigzag(each.bytesIn());
        }
        numbers[count++] = BinaryOutput.zigzag(each.bytesOut());
        numbers[count++] = BinaryOutput.zigzag(each.inFlight());
        out.unsigned(numbers, count);
        out.octet(each.outcome().ordinal());
    }

    /** Takes it away to be written: nothing goes in any more. */
    synchronized RequestBlock take() {
        taken = true;
        return this;
    }

    /** How many requests it has. */
    synchronized int size() {
        return size;
    }

    /** About what it has come to keep alive beyond that, in bytes. */
    synchronized long weight() {
        return 2L * out.size();
    }

    /** The least id of its requests. */
    synchronized long firstId() {
        return firstId;
    }

    /** The greatest id of its requests. */
    synchronized long lastId() {
        return lastId;
    }

    /** When the earliest of its requests started. */
    synchronized long firstStart() {
        return firstStart;
    }

    /** When the latest of its requests started. */
    synchronized long lastStart() {
        return lastStart;
    }

    /** What its requests add to each route. */
    synchronized List<RouteTotals> totals() {
        return List.copyOf(routes.values());
    }

    /** Its requests, to be read by {@link BlockDecoder}. */
    synchronized byte[] body() {
        return out.toByteArray();
    }
}
