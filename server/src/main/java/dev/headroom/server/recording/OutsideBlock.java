package dev.headroom.server.recording;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Executions outside requests, one after the other in one body, encoded as they are told: an app's background work can
 * be very many, and to keep each as an object until it is written would cost more than to write it. What executions
 * share is a {@link QueryKind}; docs/reference/recording.md has the form. For one thread, until it is handed to another.
 */
final class OutsideBlock {
    /** The most executions of one block. */
    static final int MOST_QUERIES = 1_024;

    /** A block of so many bytes takes no more; the last execution may bring {@link BodyEncoder#MAX_CELLS} values. */
    static final int ENOUGH_BYTES = 32 << 10;

    /** So many values of columns are kept so that equal ones are equal; later ones where they equal one of those. */
    static final int KEPT_VALUES = 4_096;

    private static final long LEAST_WEIGHT = 2_000;
    private static final long KIND_WEIGHT = 200;
    private static final long DIGEST_WEIGHT = 24;
    private static final int CHAINS = 64;

    private final BinaryOutput out = new BinaryOutput();
    private final List<QueryKind> kinds = new ArrayList<>();
    private final @Nullable QueryKind[] chains = new QueryKind[CHAINS];
    private final NumberedDigests digests = new NumberedDigests();
    private int size;
    private int cellsLeft;
    private long firstEnd;
    private long firstStart;
    private long lastStart;
    private long idBefore;
    private long startBefore;

    /** Adds an execution; whether there is room for another. */
    boolean add(Query query) {
        QueryKind kind = kind(query);
        cellsLeft = BodyEncoder.MAX_CELLS;
        out.unsigned(kind.number());
        out.signed(query.id() - idBefore);
        if (kind.has(BodyFlags.OTHER_REQUEST)) {
            out.signed(query.requestId());
        }
        out.signed(query.connectionId());
        if (kind.has(BodyFlags.TRANSACTION)) {
            out.signed(query.transactionId());
        }
        times(query, kind);
        out.signed(query.rows());
        out.signed(query.bytes());
        values(query.values(), Integer.MAX_VALUE);
        List<ResultColumn> columns = query.columns();
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            out.unsigned(column.bytes());
            out.unsigned(column.nulls());
            values(column.values(), KEPT_VALUES);
        }
        size++;
        return size < MOST_QUERIES && out.size() < ENOUGH_BYTES;
    }

    private void times(Query query, QueryKind kind) {
        long start = query.startNanos();
        out.signed(start - startBefore);
        long from = start;
        if (kind.has(BodyFlags.FIRST_ROW)) {
            out.signed(query.firstRowNanos() - start);
            from = query.firstRowNanos();
        }
        out.signed(query.endNanos() - from);
        if (size == 0) {
            firstEnd = query.endNanos();
            firstStart = start;
            lastStart = start;
        }
        firstStart = Math.min(firstStart, start);
        lastStart = Math.max(lastStart, start);
        idBefore = query.id();
        startBefore = start;
    }

    private QueryKind kind(Query query) {
        int chain = (int) (query.shape().id() & (CHAINS - 1));
        for (QueryKind known = chains[chain]; known != null; known = known.next()) {
            if (known.isOf(query)) {
                return known;
            }
        }
        QueryKind kind = new QueryKind(kinds.size(), query, chains[chain]);
        chains[chain] = kind;
        kinds.add(kind);
        return kind;
    }

    /** Each value as a reference, and after one to a digest that was not referred to before the digest. */
    private void values(Digests values, int mostKnown) {
        int count = values.size();
        cellsLeft -= count;
        if (cellsLeft < 0) {
            out.unsigned(0);
            return;
        }
        out.unsigned(count);
        for (int i = 0; i < count; i++) {
            value(values.get(i), mostKnown);
        }
    }

    private void value(long digest, int mostKnown) {
        if (digest == Digests.NULL_VALUE) {
            out.unsigned(DigestTable.NULL);
            return;
        }
        int known = digests.size();
        int number = digests.number(digest, known < mostKnown);
        if (number < 0) {
            out.unsigned(DigestTable.ALONE);
            return;
        }
        out.unsigned(DigestTable.FIRST + (long) number);
        if (number == known) {
            out.fixed(digest);
        }
    }

    /** How many executions it has. */
    int size() {
        return size;
    }

    /** When the first that was told ended. */
    long firstEnd() {
        return firstEnd;
    }

    /** When the earliest of its executions started. */
    long firstStart() {
        return firstStart;
    }

    /** When the latest of its executions started. */
    long lastStart() {
        return lastStart;
    }

    /** About what it keeps alive, in bytes. */
    long weight() {
        return LEAST_WEIGHT + 2L * out.size() + KIND_WEIGHT * kinds.size() + DIGEST_WEIGHT * digests.size();
    }

    /** Its executions, to be read by {@link OutsideDecoder}. */
    byte[] body(Interned.Numbers numbers) {
        BinaryOutput whole = new BinaryOutput();
        whole.unsigned(kinds.size());
        for (QueryKind kind : kinds) {
            kind.write(whole, numbers);
        }
        whole.octets(out.bytes(), out.size());
        return whole.toByteArray();
    }
}
