package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a route fetched of one table, by column. For one thread. */
final class UnusedDataTally {
    private static final int MIN_REQUESTS = 3;
    private static final int MIN_VALUES = 5;
    private static final int MAX_COLUMNS = 1_000;
    private static final long MIN_BYTES_PER_REQUEST = 1_000;
    private static final long WORTHWHILE_BYTES_PER_REQUEST = 10_000;

    private final String operation;
    private final String table;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private @Nullable QueryShape shape;
    private long shapeBytes;

    UnusedDataTally(String operation, String table) {
        this.operation = operation;
        this.table = table;
    }

    void fetched(RequestView view, Query query, String name, ResultColumn fetched, boolean used) {
        long request = view.trace().request().id();
        if (columns.size() >= MAX_COLUMNS && !columns.containsKey(name)) {
            return;
        }
        Column column = columns.computeIfAbsent(name, key -> new Column());
        column.requests += column.lastRequest == request ? 0 : 1;
        column.lastRequest = request;
        column.bytes += fetched.bytes();
        column.values += query.rows() - fetched.nulls();
        column.used |= used;
        if (query.bytes() > shapeBytes) {
            shapeBytes = query.bytes();
            shape = query.shape();
        }
    }

    void addTo(List<Finding> findings) {
        List<Map.Entry<String, Column>> unseen = new ArrayList<>();
        long bytes = 0;
        long most = 0;
        for (Map.Entry<String, Column> entry : columns.entrySet()) {
            Column column = entry.getValue();
            if (!column.used
                    && column.requests >= MIN_REQUESTS
                    && column.values >= MIN_VALUES * column.requests
                    && column.bytes >= MIN_BYTES_PER_REQUEST * column.requests) {
                unseen.add(entry);
                bytes += column.bytes;
                most = Math.max(most, column.requests);
            }
        }
        if (unseen.isEmpty() || shape == null) {
            return;
        }
        unseen.sort(Comparator.comparingLong((Map.Entry<String, Column> entry) -> entry.getValue().bytes)
                .reversed());
        Level level = bytes / most >= WORTHWHILE_BYTES_PER_REQUEST ? Level.PROBLEM : Level.NOTE;
        FindingDraft draft = new FindingDraft(UnusedDataCheck.ID, Evidence.LIKELY, level, operation)
                .shape(shape)
                .identity(table)
                .cost(most, new Cost(0, 0, 0, bytes));
        Map<String, Object> byColumn = new LinkedHashMap<>();
        for (Map.Entry<String, Column> entry : unseen) {
            Column column = entry.getValue();
            byColumn.put(entry.getKey(), column.bytes / column.requests);
            if (byColumn.size() <= 5) {
                draft.explain(table + "." + entry.getKey() + ": "
                        + Words.size((double) column.bytes / column.requests) + " a request, no value seen in "
                        + Words.count(column.requests, "response", "responses"));
            }
        }
        String names = unseen.size() == 1
                ? table + "." + unseen.get(0).getKey() + " is"
                : unseen.size() + " columns of " + table + " are";
        findings.add(draft.detail("table", table)
                .detail("bytesPerRequestByColumn", byColumn)
                .finding(Remedy.FEWER_COLUMNS, names + " fetched and not seen in the response"));
    }

    private static final class Column {
        private long requests;
        private long lastRequest;
        private long bytes;
        private long values;
        private boolean used;
    }
}
