package dev.headroom.proxy.postgres.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * How the server would run a statement, or ran it, or why that is not known.
 *
 * @param text the plan as the server prints it; null where it cannot be told
 * @param note how it was asked for, or why it cannot be told
 */
public record Plan(@Nullable String text, String note) {
    static Plan unknown(String why) {
        return new Plan(null, why);
    }
}
