package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a route fetched of one table, by column. For one thread. */
final class UnusedDataTally {
    private static final int MIN_REQUESTS = 3;
    /** Different values of a request that were looked for, or different rows with a text whose words were. */
    static final int MIN_VALUES = 5;

    /** At most one value in so many of which some words were seen: more of them are texts that are shown cut. */
    private static final int FEW_DOUBTS = 4;

    private static final int MAX_COLUMNS = 1_000;
    private static final int MAX_SHAPES = 20;
    private static final long MIN_BYTES_PER_REQUEST = 1_000;
    private static final long WORTHWHILE_BYTES_PER_REQUEST = 10_000;

    private final String operation;
    private final String table;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<Long, QueryShape> shapes = new LinkedHashMap<>();
    private @Nullable QueryShape shape;
    private long shapeBytes;

    UnusedDataTally(String operation, String table) {
        this.operation = operation;
        this.table = table;
    }

    /** The column's own tally, with what was fetched added; null where there are too many. */
    @Nullable
    Column fetched(RequestView view, Query query, String name, ResultColumn fetched) {
        if (columns.size() >= MAX_COLUMNS && !columns.containsKey(name)) {
            return null;
        }
        Column column = columns.computeIfAbsent(name, key -> new Column());
        column.begin(view.trace().request().id());
        column.bytes += fetched.bytes();
        if (shapes.size() < MAX_SHAPES) {
            shapes.putIfAbsent(query.shape().id(), query.shape());
        }
        if (query.bytes() > shapeBytes) {
            shapeBytes = query.bytes();
            shape = query.shape();
        }
        return column;
    }

    void addTo(List<Finding> findings) {
        List<Map.Entry<String, Column>> unseen = new ArrayList<>();
        long bytes = 0;
        long most = 0;
        for (Map.Entry<String, Column> entry : columns.entrySet()) {
            Column column = entry.getValue();
            if (!column.used
                    && column.telling >= MIN_REQUESTS
                    && column.telling * 2 > column.requests
                    && column.doubts * FEW_DOUBTS <= column.values
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
        long dearest = shape.id();
        shapes.values().stream().filter(other -> other.id() != dearest).forEach(draft::shape);
        Map<String, Object> byColumn = new LinkedHashMap<>();
        for (Map.Entry<String, Column> entry : unseen) {
            Column column = entry.getValue();
            byColumn.put(entry.getKey(), column.bytes / column.requests);
            if (byColumn.size() <= 5) {
                draft.explain(table + "." + entry.getKey() + ": "
                        + Words.size((double) column.bytes / column.requests) + " a request, no value seen in "
                        + Words.count(column.telling, "response", "responses")
                        + (column.inText ? " that show these rows" : ""));
            }
        }
        String names = unseen.size() == 1
                ? table + "." + unseen.get(0).getKey() + " is"
                : unseen.size() + " columns of " + table + " are";
        findings.add(draft.detail("table", table)
                .detail("bytesPerRequestByColumn", byColumn)
                .finding(Remedy.FEWER_COLUMNS, names + " fetched and not seen in the response"));
    }

    /** What is known of one column. */
    static final class Column {
        private final Set<Long> notSeen = new HashSet<>();
        private long requests;
        private long request;
        private long telling;
        private long bytes;
        private long values;
        private long doubts;
        private boolean used;
        private boolean inText;
        private boolean told;

        private void begin(long id) {
            if (request != id) {
                requests++;
                request = id;
                notSeen.clear();
                told = false;
            }
        }

        void used() {
            used = true;
        }

        /** A value of which some words were seen. */
        void inDoubt() {
            doubts++;
        }

        /** A value that would have been found; one value again and again says no more than one. */
        void notSeen(long value, boolean text) {
            values++;
            if (notSeen.size() < MIN_VALUES && notSeen.add(value) && notSeen.size() == MIN_VALUES) {
                tells(text);
            }
        }

        /** The request's response tells that the column was not shown. */
        void tells(boolean text) {
            telling += told ? 0 : 1;
            told = true;
            inText |= text;
        }
    }
}
