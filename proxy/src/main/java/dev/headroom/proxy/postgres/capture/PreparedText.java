package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.sql.Statement;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A prepared statement of one connection, named or not, and what the server has told about it. */
final class PreparedText {
    final Statement statement;

    /** The app's and, once the server described it, the server's types of its parameters; 0 where unknown. */
    int[] parameterTypes;

    /** Its result's columns; null until they were described. */
    @Nullable
    ResultShape columns;

    /** What had its name before, until the server has answered its Parse: it has it still where that is refused. */
    @Nullable
    PreparedText replaced;

    /** Its text, while that is kept; null where it is not to be. */
    @Nullable
    WeakReference<String> text;

    /** Which run of messages up to a Sync its text came with: its trace id counts for executions in the same one. */
    final long batch;

    /** When its text was passed on to the server. */
    final long sentNanos;

    PreparedText(Statement statement, int[] parameterTypes, long batch, long sentNanos) {
        this.statement = statement;
        this.batch = batch;
        this.sentNanos = sentNanos;
        this.parameterTypes = parameterTypes;
    }

    /** The trace id of its comment for an execution in that run of messages: only the one that its text came with. */
    @Nullable
    String traceId(long executedIn) {
        return batch == executedIn ? statement.traceId() : null;
    }

    /** What has its name once the server did not take {@code refused}: this one, unless it is that one. */
    @Nullable
    PreparedText without(PreparedText refused) {
        if (this == refused) {
            return replaced;
        }
        for (PreparedText each = this; each != null; each = each.replaced) {
            if (each.replaced == refused) {
                each.replaced = refused.replaced;
                return this;
            }
        }
        return this;
    }

    /** {@code first} had the name before all that this one replaces. */
    void replacesAtLast(PreparedText first) {
        PreparedText last = this;
        while (last.replaced != null) {
            last = last.replaced;
        }
        last.replaced = first;
    }

    int parameterType(int index) {
        return index < parameterTypes.length ? parameterTypes[index] : 0;
    }
}
