package dev.headroom.proxy.postgres.capture;

import org.jspecify.annotations.Nullable;

/** A prepared statement with its values bound, ready to be executed. */
final class Portal {
    final PreparedText prepared;
    final BoundValues values;

    /** Which run of messages up to a Sync it was bound in. */
    final long batch;

    /** What was sent, for its next execution; null where that is not to be kept. */
    @Nullable
    SentStatement sent;

    /** When its values were passed on to the server. */
    final long sentNanos;

    /** What had its name before, until the server has answered its Bind. */
    private @Nullable Portal replaced;

    private @Nullable ResultShape columns;
    private long describedBytes;

    /** The execution that a row limit has suspended, or that is still to be answered; null for none. */
    @Nullable
    Execution execution;

    Portal(PreparedText prepared, BoundValues values, long batch, long sentNanos) {
        this.prepared = prepared;
        this.values = values;
        this.batch = batch;
        this.sentNanos = sentNanos;
    }

    void replaces(@Nullable Portal before) {
        replaced = before;
    }

    /** What it took the name of; null the second time. */
    @Nullable
    Portal takeReplaced() {
        Portal before = replaced;
        replaced = null;
        return before;
    }

    /** The server described its result. */
    void described(ResultShape shape, long bytes) {
        columns = shape;
        describedBytes = bytes;
        if (prepared.columns == null) {
            prepared.columns = shape;
        }
    }

    /** Bytes of that description, which belong to the execution that follows; 0 the second time. */
    long takeDescribedBytes() {
        long bytes = describedBytes;
        describedBytes = 0;
        return bytes;
    }

    /** The result's columns, from its own description or its statement's; null where there was none. */
    @Nullable
    ResultShape result() {
        return columns != null ? columns : prepared.columns;
    }
}
