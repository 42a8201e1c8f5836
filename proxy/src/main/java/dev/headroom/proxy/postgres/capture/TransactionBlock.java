package dev.headroom.proxy.postgres.capture;

import dev.headroom.proxy.postgres.message.CommandTag;
import java.util.function.LongSupplier;

/** Which explicit transaction a connection is in: from BEGIN to COMMIT, both included. */
final class TransactionBlock {
    private final LongSupplier ids;
    private long id;
    private boolean mayHaveEnded;
    private boolean committed;

    TransactionBlock(LongSupplier ids) {
        this.ids = ids;
    }

    /** The transaction's id, 0 outside one. */
    long id() {
        return id;
    }

    /** A command is complete; to be told before its execution is recorded. */
    void completed(byte[] tag, int offset, int length) {
        if (CommandTag.begins(tag, offset, length)) {
            if (id == 0 || mayHaveEnded) {
                id = ids.getAsLong();
            }
            mayHaveEnded = false;
            committed = false;
        } else if (CommandTag.ends(tag, offset, length)) {
            mayHaveEnded = true;
            committed |= CommandTag.commits(tag, offset, length);
        }
    }

    /** The server is ready for the next query, in that state: {@code I}, {@code T} or {@code E}. */
    void ready(int status) {
        // COMMIT AND CHAIN begins the next one; a ROLLBACK may have been to a savepoint, after which it is still the
        // same
        boolean chained = committed;
        mayHaveEnded = false;
        committed = false;
        if (status == 'I') {
            id = 0;
        } else if (id == 0 || chained) {
            id = ids.getAsLong();
        }
    }
}
