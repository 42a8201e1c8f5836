package dev.headroom.server.recording;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.List;

/** Encodes the queries of a request as one body; docs/reference/recording.md has the form. */
final class BodyEncoder implements AutoCloseable {
    /** The most column values of one body; the values of later columns are left out. */
    static final int MAX_CELLS = 200_000;

    /** The response was read whole. */
    static final int RESPONSE_COMPLETE = 1;

    /** Each value of the response stood for itself. */
    static final int RESPONSE_SEPARATE = 2;

    private final Interned.Numbers numbers;
    private final Packing packing = new Packing();
    private final BinaryOutput out = new BinaryOutput();

    /** Of this body, the columns that were numbered last; a number does not outlive a body that could not be written. */
    private List<ResultColumn> numbered = List.of();

    private int columnsNumber;

    BodyEncoder(Interned.Numbers numbers) {
        this.numbers = numbers;
    }

    /** The body of a request: its queries, what was folded, what the response showed. */
    byte[] request(RequestTrace trace) {
        List<Query> queries = bounded(trace.queries());
        Digests response = trace.response().digests();
        DigestTable table = DigestTable.of(queries, response);
        out.clear();
        queries(queries, table, trace.request().id(), trace.request().startNanos());
        folded(trace.folded());
        response(trace, table);
        return pack(queries, trace);
    }

    /** The body of folded counts, which a request keeps when its other detail is gone. */
    byte[] summary(List<FoldedQueries> folded) {
        out.clear();
        folded(folded);
        return out.toByteArray();
    }

    private byte[] pack(List<Query> queries, RequestTrace trace) {
        if (out.size() > Packing.MAX_BYTES) {
            List<Query> bare = withoutDetail(queries);
            DigestTable table = DigestTable.of(bare, Digests.NONE);
            out.clear();
            queries(bare, table, trace.request().id(), trace.request().startNanos());
            folded(trace.folded());
            response(trace, table);
        }
        if (out.size() > Packing.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "request " + trace.request().id() + " has too many queries to record: " + queries.size());
        }
        return packing.pack(out);
    }

    private void queries(List<Query> queries, DigestTable table, long requestId, long base) {
        out.unsigned(table.size());
        for (int i = 0; i < table.size(); i++) {
            out.fixed(table.get(i));
        }
        out.unsigned(queries.size());
        long lastId = 0;
        long lastStart = base;
        numbered = List.of();
        for (Query query : queries) {
            query(query, table, requestId, lastId, lastStart);
            lastId = query.id();
            lastStart = query.startNanos();
        }
    }

    private void query(Query query, DigestTable table, long requestId, long lastId, long lastStart) {
        CallSite site = query.callSite();
        int flags = (query.requestId() == requestId ? 0 : BodyFlags.OTHER_REQUEST)
                | (site == null ? 0 : BodyFlags.CALL_SITE)
                | (query.firstRowNanos() == 0 ? 0 : BodyFlags.FIRST_ROW)
                | (query.valuesComplete() ? BodyFlags.VALUES_COMPLETE : 0)
                | (query.columns().isEmpty() ? 0 : BodyFlags.COLUMNS)
                | (query.sqlState() == null ? 0 : BodyFlags.SQL_STATE);
        out.octet(flags);
        out.octet(query.attribution().ordinal());
        out.signed(query.id() - lastId);
        if (query.requestId() != requestId) {
            out.signed(query.requestId());
        }
        out.signed(query.connectionId());
        out.signed(query.transactionId());
        out.unsigned(numbers.shape(query.shape()));
        if (site != null) {
            out.unsigned(numbers.callSite(site));
        }
        out.signed(query.startNanos() - lastStart);
        if (query.firstRowNanos() != 0) {
            out.signed(query.firstRowNanos() - query.startNanos());
        }
        out.unsigned(query.endNanos() - query.startNanos());
        out.signed(query.rows());
        out.signed(query.bytes());
        digests(query.values(), table);
        if (!query.columns().isEmpty()) {
            columns(query.columns(), table);
        }
        if (query.sqlState() != null) {
            out.text(query.sqlState());
        }
    }

    private void columns(List<ResultColumn> columns, DigestTable table) {
        // in a loop, or in a job, the same result comes again and again
        if (!ColumnLabel.alike(columns, numbered)) {
            columnsNumber = numbers.columns(ColumnLabel.of(columns));
            numbered = columns;
        }
        out.unsigned(columnsNumber);
        for (ResultColumn column : columns) {
            out.unsigned(column.bytes());
            out.unsigned(column.nulls());
            digests(column.values(), table);
            digests(column.words(), table);
        }
    }

    private void digests(Digests digests, DigestTable table) {
        out.unsigned(digests.size());
        for (int i = 0; i < digests.size(); i++) {
            out.unsigned(table.reference(digests.get(i)));
        }
    }

    private void folded(List<FoldedQueries> folded) {
        out.unsigned(folded.size());
        for (FoldedQueries each : folded) {
            out.unsigned(numbers.shape(each.shape()));
            out.unsigned(each.count());
            out.signed(each.nanos());
            out.signed(each.rows());
            out.signed(each.bytes());
        }
    }

    private void response(RequestTrace trace, DigestTable table) {
        Digests digests = trace.response().digests();
        out.octet((trace.response().complete() ? RESPONSE_COMPLETE : 0)
                | (trace.response().separate() ? RESPONSE_SEPARATE : 0));
        int shown = 0;
        for (int i = 0; i < digests.size(); i++) {
            shown += table.contains(digests.get(i)) ? 1 : 0;
        }
        out.unsigned(shown);
        for (int i = 0; i < digests.size(); i++) {
            if (table.contains(digests.get(i))) {
                out.unsigned(table.reference(digests.get(i)));
            }
        }
    }

    private static List<Query> bounded(List<Query> queries) {
        long cells = 0;
        for (Query query : queries) {
            cells += query.values().size();
            for (ResultColumn column : query.columns()) {
                cells += cells(column);
            }
        }
        if (cells <= MAX_CELLS) {
            return queries;
        }
        List<Query> bounded = new ArrayList<>(queries.size());
        long left = MAX_CELLS;
        for (Query query : queries) {
            List<ResultColumn> columns = new ArrayList<>(query.columns().size());
            for (ResultColumn column : query.columns()) {
                left -= cells(column);
                columns.add(left >= 0 ? column : column.with(Digests.NONE, Digests.NONE));
            }
            left -= query.values().size();
            bounded.add(with(query, left >= 0 ? query.values() : Digests.NONE, columns));
        }
        return bounded;
    }

    private static long cells(ResultColumn column) {
        return (long) column.values().size() + column.words().size();
    }

    private static List<Query> withoutDetail(List<Query> queries) {
        List<Query> bare = new ArrayList<>(queries.size());
        for (Query query : queries) {
            bare.add(with(query, Digests.NONE, List.of()));
        }
        return bare;
    }

    /** The same query with other values and columns; its values are complete no longer where some are missing. */
    static Query with(Query query, Digests values, List<ResultColumn> columns) {
        boolean same = values.size() == query.values().size();
        return new Query(
                query.id(),
                query.requestId(),
                query.attribution(),
                query.connectionId(),
                query.transactionId(),
                query.shape(),
                query.callSite(),
                query.startNanos(),
                query.firstRowNanos(),
                query.endNanos(),
                query.rows(),
                query.bytes(),
                values,
                query.valuesComplete() && same,
                columns,
                query.sqlState());
    }

    @Override
    public void close() {
        packing.close();
    }
}
