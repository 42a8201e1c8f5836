package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One execution of a statement that is under way. */
final class Execution {
    final long id;
    final Statement statement;
    final BoundValues values;

    /** The trace id that came with this very execution. */
    final @Nullable String traceId;

    /** Where it is one of the extended protocol. */
    final @Nullable Portal portal;

    /** When it was passed on to the server. */
    final long sentNanos;

    /** Whether values and columns are captured; false once the consumer lags behind. */
    final boolean detailed;

    /** When the server can have begun with it: it has, by its first answer. 0 until then. */
    long startNanos;

    long firstRowNanos;
    long lastNanos;
    long rows;
    long bytes;
    boolean suspended;
    boolean finished;

    /** What was sent; null where that is not to be kept. */
    @Nullable
    SentStatement sent;

    @Nullable
    ColumnCapture columns;

    /** The columns as described within a simple query. */
    @Nullable
    ResultShape described;

    Execution(
            long id,
            Statement statement,
            BoundValues values,
            @Nullable String traceId,
            @Nullable Portal portal,
            long sentNanos,
            boolean detailed) {
        this.id = id;
        this.statement = statement;
        this.values = values;
        this.traceId = traceId;
        this.portal = portal;
        this.sentNanos = sentNanos;
        this.detailed = detailed;
    }

    /** When the server took it up, as far as that was seen; else when it was passed on. */
    long begunNanos() {
        return startNanos == 0 ? sentNanos : startNanos;
    }

    /** The result's columns as far as they were described; null where they never were. */
    @Nullable
    ResultShape result() {
        return described != null ? described : portal != null ? portal.result() : null;
    }

    /** In which format a column comes. */
    ResultFormats.Format format(ResultShape shape, int column) {
        if (portal != null) {
            return portal.values.formats().of(column);
        }
        return shape.binary(column) ? ResultFormats.Format.BINARY : ResultFormats.Format.TEXT;
    }
}
