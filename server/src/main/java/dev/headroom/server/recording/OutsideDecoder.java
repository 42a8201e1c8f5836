package dev.headroom.server.recording;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes what {@link OutsideBlock} wrote. Trusts nothing that it reads. For one body. */
final class OutsideDecoder {
    private static final Attribution[] ATTRIBUTIONS = Attribution.values();
    private static final int SMALLEST_KIND = 3;

    private record Kind(
            int flags,
            Attribution attribution,
            QueryShape shape,
            @Nullable CallSite site,
            List<ColumnLabel> columns,
            @Nullable String sqlState) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }
    }

    private final BinaryInput in;
    private final List<Kind> kinds;
    private long[] digests = new long[64];
    private int known;
    private long alone;
    private long id;
    private long start;

    private OutsideDecoder(byte[] body, Interned.Entries entries) {
        in = new BinaryInput(body);
        int count = in.count(SMALLEST_KIND);
        kinds = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            kinds.add(kind(entries));
        }
    }

    /** All executions of a block, in the order in which they were told. */
    static List<Query> queries(byte[] body, Interned.Entries entries) {
        OutsideDecoder decoder = new OutsideDecoder(body, entries);
        List<Query> queries = new ArrayList<>();
        try {
            while (decoder.in.remaining() > 0) {
                queries.add(decoder.next());
            }
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible query (" + e.getMessage() + ")");
        }
        return queries;
    }

    private Kind kind(Interned.Entries entries) {
        int flags = in.octet();
        Attribution attribution = ATTRIBUTIONS[in.index(ATTRIBUTIONS.length)];
        return new Kind(
                flags,
                attribution,
                entries.shape(in.index(Integer.MAX_VALUE)),
                (flags & BodyFlags.CALL_SITE) == 0 ? null : entries.callSite(in.index(Integer.MAX_VALUE)),
                (flags & BodyFlags.COLUMNS) == 0 ? List.of() : entries.columns(in.index(Integer.MAX_VALUE)),
                (flags & BodyFlags.SQL_STATE) == 0 ? null : in.text());
    }

    private Query next() {
        Kind kind = kinds.get(in.index(kinds.size()));
        id += in.signed();
        long request = kind.has(BodyFlags.OTHER_REQUEST) ? in.signed() : 0;
        long connection = in.signed();
        long transaction = kind.has(BodyFlags.TRANSACTION) ? in.signed() : 0;
        start += in.signed();
        long firstRow = kind.has(BodyFlags.FIRST_ROW) ? start + in.signed() : 0;
        long end = (firstRow == 0 ? start : firstRow) + in.signed();
        long rows = in.signed();
        long bytes = in.signed();
        Digests values = values();
        List<ResultColumn> columns = new ArrayList<>(kind.columns.size());
        for (ColumnLabel label : kind.columns) {
            columns.add(label.with(in.unsigned(), in.unsigned(), values(), Digests.NONE));
        }
        return new Query(
                id,
                request,
                kind.attribution,
                connection,
                transaction,
                kind.shape,
                kind.site,
                start,
                firstRow,
                end,
                rows,
                bytes,
                values,
                kind.has(BodyFlags.VALUES_COMPLETE),
                columns,
                kind.sqlState);
    }

    private Digests values() {
        long[] values = new long[in.count(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(in.index(known + 1 + DigestTable.FIRST));
        }
        return Digests.owning(values);
    }

    private long value(int reference) {
        if (reference == DigestTable.NULL) {
            return Digests.NULL_VALUE;
        }
        if (reference == DigestTable.ALONE) {
            return BodyDecoder.ownDigest(id, ++alone);
        }
        int number = reference - DigestTable.FIRST;
        if (number == known) {
            if (known == digests.length) {
                digests = Arrays.copyOf(digests, known * 2);
            }
            digests[known++] = in.fixed();
        }
        return digests[number];
    }
}
