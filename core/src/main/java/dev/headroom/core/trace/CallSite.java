package dev.headroom.core.trace;

import org.jspecify.annotations.Nullable;

/**
 * The place in the user's own code that a query came from.
 *
 * @param file path relative to the project, with forward slashes
 * @param line from 1; 0 where unknown
 * @param function the function or method, as its language names it
 * @param relation the lazily loaded relation, e.g. {@code Order.office}; null where none or unknown
 * @param field the serializer field on the stack, e.g. {@code OrderSerializer.office}; null where none or unknown
 * @param load how the relation was loaded; null where none was or nothing more is known
 */
public record CallSite(
        String file,
        int line,
        String function,
        @Nullable String relation,
        @Nullable String field,
        @Nullable RelationLoad load) {
    public CallSite {
        if (file.isBlank()) {
            throw new IllegalArgumentException("a call site needs a file");
        }
        if (line < 0) {
            throw new IllegalArgumentException("line must not be negative: " + line);
        }
    }

    /** A place of which nothing is known about a relation's loading. */
    public CallSite(String file, int line, String function, @Nullable String relation, @Nullable String field) {
        this(file, line, function, relation, field, null);
    }

    /** The place as compilers print it: {@code file:line}. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }
}
