package dev.headroom.server.recording;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What many executions of a block share: statement, call site, result columns, and which of their parts follow. */
final class QueryKind {
    private final int number;
    private final Query first;
    private final int flags;
    private final @Nullable QueryKind next;

    /**
     * The kind of {@code first}.
     *
     * @param number its place among those of its block
     * @param next another kind, to be looked at where this is not it
     */
    QueryKind(int number, Query first, @Nullable QueryKind next) {
        this.number = number;
        this.first = first;
        this.flags = flags(first);
        this.next = next;
    }

    private static int flags(Query query) {
        boolean whole = query.valuesComplete() && query.values().size() <= BodyEncoder.MAX_CELLS;
        return (query.requestId() == 0 ? 0 : BodyFlags.OTHER_REQUEST)
                | (query.callSite() == null ? 0 : BodyFlags.CALL_SITE)
                | (query.firstRowNanos() == 0 ? 0 : BodyFlags.FIRST_ROW)
                | (whole ? BodyFlags.VALUES_COMPLETE : 0)
                | (query.columns().isEmpty() ? 0 : BodyFlags.COLUMNS)
                | (query.sqlState() == null ? 0 : BodyFlags.SQL_STATE)
                | (query.transactionId() == 0 ? 0 : BodyFlags.TRANSACTION);
    }

    int number() {
        return number;
    }

    @Nullable
    QueryKind next() {
        return next;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    boolean isOf(Query query) {
        // the same statement is the same object nearly always, so that its text is seldom compared
        return first.shape().id() == query.shape().id()
                && flags == flags(query)
                && first.attribution() == query.attribution()
                && ColumnLabel.alike(first.columns(), query.columns())
                && Objects.equals(first.callSite(), query.callSite())
                && Objects.equals(first.sqlState(), query.sqlState())
                && first.shape().equals(query.shape());
    }

    void write(BinaryOutput out, Interned.Numbers numbers) {
        CallSite site = first.callSite();
        out.octet(flags);
        out.octet(first.attribution().ordinal());
        out.unsigned(numbers.shape(first.shape()));
        if (site != null) {
            out.unsigned(numbers.callSite(site));
        }
        if (has(BodyFlags.COLUMNS)) {
            out.unsigned(numbers.columns(ColumnLabel.of(first.columns())));
        }
        if (has(BodyFlags.SQL_STATE)) {
            out.text(first.sqlState());
        }
    }
}
