package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.trace.QueryShape;
import dev.headroom.proxy.postgres.message.CommandTag;
import java.util.function.LongSupplier;

/** Which explicit transaction a connection is in: from BEGIN to COMMIT, both included. */
final class TransactionBlock {
    private static final String AND_CHAIN = " AND CHAIN";

    private final LongSupplier ids;
    private long id;
    private boolean mayHaveEnded;
    private boolean chained;

    TransactionBlock(LongSupplier ids) {
        this.ids = ids;
    }

    /** The transaction's id, 0 outside one. */
    long id() {
        return id;
    }

    /** A command is complete; to be told before its execution is recorded. */
    void completed(byte[] tag, int offset, int length, QueryShape shape) {
        if (CommandTag.begins(tag, offset, length)) {
            if (id == 0 || mayHaveEnded) {
                id = ids.getAsLong();
            }
            mayHaveEnded = false;
        } else if (CommandTag.ends(tag, offset, length)) {
            mayHaveEnded = true;
            // the tag of ROLLBACK AND CHAIN is that of a roll-back to a savepoint, which ends nothing
            chained = shape.control() && endsWithChain(shape.text());
        }
    }

    /** In a shape's text a word that may be a name, as this one may, is as it was written or in lower case. */
    private static boolean endsWithChain(String text) {
        return text.regionMatches(true, text.length() - AND_CHAIN.length(), AND_CHAIN, 0, AND_CHAIN.length());
    }

    /** The execution of what was completed is recorded: what follows AND CHAIN is of the next transaction. */
    void recorded() {
        if (chained) {
            chained = false;
            mayHaveEnded = false;
            id = ids.getAsLong();
        }
    }

    /** The server is ready for the next query, in that state: {@code I}, {@code T} or {@code E}. */
    void ready(int status) {
        mayHaveEnded = false;
        if (status == 'I') {
            id = 0;
        } else if (id == 0) {
            id = ids.getAsLong();
        }
    }
}
