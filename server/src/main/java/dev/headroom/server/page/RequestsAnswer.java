package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** One page of the requests of a time range, of one operation or all, in some order. */
final class RequestsAnswer {
    private static final int MOST_LIMIT = 200;
    private static final int MOST_OFFSET = 10_000;

    private RequestsAnswer() {}

    /**
     * The requests.
     *
     * @param sort {@code start}, {@code time}, {@code statements}, {@code rows} or {@code bytes}; the largest first
     */
    static Map<String, Object> of(
            RunView view, TimeRange range, @Nullable String operation, String sort, int offset, int limit) {
        RequestIndex index = view.requests();
        IntToLongFunction key = key(index, sort);
        int wanted = operation == null ? -1 : index.operationNumber(operation);
        int most = Math.max(1, Math.min(MOST_LIMIT, limit));
        int skip = Math.max(0, Math.min(MOST_OFFSET, offset));
        Comparator<Integer> order = Comparator.comparingLong(key::applyAsLong);
        PriorityQueue<Integer> top = new PriorityQueue<>(order);
        long total = 0;
        for (int i = 0; i < index.size(); i++) {
            if (range.contains(index.start(i)) && (operation == null || index.operation(i) == wanted)) {
                total++;
                if (top.size() < skip + most) {
                    top.add(i);
                } else if (key.applyAsLong(i) > key.applyAsLong(top.element())) {
                    top.poll();
                    top.add(i);
                }
            }
        }
        List<Integer> sorted = new ArrayList<>(top);
        sorted.sort(Collections.reverseOrder(order));
        List<Object> rows = new ArrayList<>();
        for (int i = skip; i < sorted.size(); i++) {
            rows.add(row(view, sorted.get(i)));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("total", total);
        map.put("offset", skip);
        map.put("requests", rows);
        return map;
    }

    private static IntToLongFunction key(RequestIndex index, String sort) {
        return switch (sort) {
            case "start" -> index::start;
            case "time" -> index::nanos;
            case "statements" -> index::statements;
            case "rows" -> index::rows;
            case "bytes" -> index::bytes;
            default ->
                throw new HeadroomException(
                        "Requests cannot be sorted by that. Use start, time, statements, rows or bytes.");
        };
    }

    private static Map<String, Object> row(RunView view, int at) {
        RequestIndex index = view.requests();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", index.id(at));
        map.put("operation", index.operations().get(index.operation(at)));
        map.put("status", index.status(at));
        map.put("t", view.millis(index.start(at)));
        map.put("nanos", index.nanos(at));
        map.put("databaseNanos", index.databaseNanos(at));
        map.put("statements", index.statements(at));
        map.put("rows", index.rows(at));
        map.put("bytes", index.bytes(at));
        map.put("inFlight", index.inFlight(at));
        return map;
    }
}
