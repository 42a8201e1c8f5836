package dev.headroom.server.page;

import org.jspecify.annotations.Nullable;

/** Tells how the database of a run that goes on would execute a statement. Asked only when somebody clicks. Thread-safe. */
@FunctionalInterface
public interface QueryPlans {
    /**
     * The plan; may block for some seconds.
     *
     * @param statement a normalised text, {@code ?} for values
     */
    Plan of(String statement);

    /**
     * A plan, or why there is none.
     *
     * @param text as the server prints it; null where it cannot be told
     * @param note how it was asked for, or why it cannot be told
     */
    record Plan(@Nullable String text, String note) {}
}
