package dev.headroom.server.recording;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decodes what {@link BodyEncoder} wrote. Trusts nothing that it reads. For one body. */
final class BodyDecoder {
    private static final Attribution[] ATTRIBUTIONS = Attribution.values();
    private static final int SMALLEST_QUERY = 11;
    private static final int SMALLEST_FOLDED = 5;

    private final BinaryInput in;
    private final Interned.Entries entries;
    private final long requestId;
    private long[] table = new long[0];
    private long alone;

    private BodyDecoder(BinaryInput in, Interned.Entries entries, long requestId) {
        this.in = in;
        this.entries = entries;
        this.requestId = requestId;
    }

    static RequestTrace request(Request request, byte[] body, Interned.Entries entries) {
        try {
            BodyDecoder decoder = new BodyDecoder(Packing.unpack(body), entries, request.id());
            List<Query> queries = decoder.queries(request.startNanos());
            List<FoldedQueries> folded = decoder.folded();
            return new RequestTrace(request, queries, folded, decoder.response());
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible query (" + e.getMessage() + ")");
        }
    }

    /** Queries outside requests, as they were recorded before they had blocks. */
    static List<Query> outside(byte[] body, long startNanos, Interned.Entries entries) {
        try {
            return new BodyDecoder(Packing.unpack(body), entries, 0).queries(startNanos);
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible query (" + e.getMessage() + ")");
        }
    }

    static List<FoldedQueries> summary(byte[] body, Interned.Entries entries) {
        try {
            return new BodyDecoder(new BinaryInput(body), entries, 0).folded();
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible count (" + e.getMessage() + ")");
        }
    }

    private List<Query> queries(long base) {
        table = new long[in.count(Long.BYTES)];
        for (int i = 0; i < table.length; i++) {
            table[i] = in.fixed();
        }
        int count = in.count(SMALLEST_QUERY);
        List<Query> queries = new ArrayList<>(count);
        long lastId = 0;
        long lastStart = base;
        for (int i = 0; i < count; i++) {
            Query query = query(lastId, lastStart);
            queries.add(query);
            lastId = query.id();
            lastStart = query.startNanos();
        }
        return queries;
    }

    private Query query(long lastId, long lastStart) {
        int flags = in.octet();
        Attribution attribution = ATTRIBUTIONS[octetBelow(ATTRIBUTIONS.length)];
        long id = lastId + in.signed();
        long request = has(flags, BodyFlags.OTHER_REQUEST) ? in.signed() : requestId;
        long connection = in.signed();
        long transaction = in.signed();
        QueryShape shape = entries.shape(in.index(Integer.MAX_VALUE));
        CallSite site = has(flags, BodyFlags.CALL_SITE) ? entries.callSite(in.index(Integer.MAX_VALUE)) : null;
        long start = lastStart + in.signed();
        long firstRow = has(flags, BodyFlags.FIRST_ROW) ? start + in.signed() : 0;
        long end = start + in.unsigned();
        long rows = in.signed();
        long bytes = in.signed();
        Digests values = digests();
        List<ResultColumn> columns = has(flags, BodyFlags.COLUMNS) ? columns() : List.of();
        String sqlState = has(flags, BodyFlags.SQL_STATE) ? in.text() : null;
        return new Query(
                id,
                request,
                attribution,
                connection,
                transaction,
                shape,
                site,
                start,
                firstRow,
                end,
                rows,
                bytes,
                values,
                has(flags, BodyFlags.VALUES_COMPLETE),
                columns,
                sqlState);
    }

    private List<ResultColumn> columns() {
        List<ColumnLabel> labels = entries.columns(in.index(Integer.MAX_VALUE));
        List<ResultColumn> columns = new ArrayList<>(labels.size());
        for (ColumnLabel label : labels) {
            columns.add(label.with(in.unsigned(), in.unsigned(), digests(), words()));
        }
        return columns;
    }

    private Digests digests() {
        long[] digests = new long[in.count(1)];
        for (int i = 0; i < digests.length; i++) {
            digests[i] = digest(in.index(table.length + DigestTable.FIRST));
        }
        return Digests.owning(digests);
    }

    /** Words of texts; those that the response did not show are all read as one that nothing shows. */
    private Digests words() {
        long[] words = new long[in.count(1)];
        for (int i = 0; i < words.length; i++) {
            int reference = in.index(table.length + DigestTable.FIRST);
            words[i] = reference == DigestTable.ALONE ? DigestTable.UNSHOWN_WORD : digest(reference);
        }
        return Digests.owning(words);
    }

    private long digest(int reference) {
        return switch (reference) {
            case DigestTable.NULL -> Digests.NULL_VALUE;
            case DigestTable.ALONE -> ownDigest(requestId, ++alone);
            default -> table[reference - DigestTable.FIRST];
        };
    }

    /** A digest that, but for 1 chance in 2^64, nothing else has: splitmix64 of the request and a running number. */
    static long ownDigest(long of, long number) {
        long mixed = of * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return mixed == Digests.NULL_VALUE ? 1 : mixed;
    }

    private List<FoldedQueries> folded() {
        int count = in.count(SMALLEST_FOLDED);
        List<FoldedQueries> folded = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            folded.add(new FoldedQueries(
                    entries.shape(in.index(Integer.MAX_VALUE)), in.unsigned(), in.signed(), in.signed(), in.signed()));
        }
        return folded;
    }

    private ResponseValues response() {
        int flags = in.octet();
        boolean complete = (flags & BodyEncoder.RESPONSE_COMPLETE) != 0;
        boolean separate = (flags & BodyEncoder.RESPONSE_SEPARATE) != 0;
        Digests shown = digests();
        if (shown.size() == 0) {
            return new ResponseValues(Digests.NONE, complete, separate);
        }
        long[] sorted = shown.toArray();
        Arrays.sort(sorted);
        return new ResponseValues(Digests.of(sorted), complete, separate);
    }

    private int octetBelow(int limit) {
        int value = in.octet();
        if (value >= limit) {
            throw BinaryInput.damaged("the unknown code " + value);
        }
        return value;
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
