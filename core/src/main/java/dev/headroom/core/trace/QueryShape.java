package dev.headroom.core.trace;

import java.util.List;

/**
 * A statement's normalised text: literals and parameters as {@code ?}, comments and the lengths of IN lists gone.
 *
 * @param id 64-bit hash of {@code text}, the same in every run
 * @param text the normalised text, possibly cut; see {@code truncated}
 * @param kind what the statement does
 * @param tables tables named after FROM, JOIN, INTO, UPDATE, lower case unless quoted, in order of appearance
 * @param truncated whether the text was longer than Headroom keeps, so that two shapes may look alike
 */
public record QueryShape(long id, String text, StatementKind kind, List<String> tables, boolean truncated) {
    public QueryShape {
        tables = List.copyOf(tables);
    }

    /** Whether the statement is counted apart from the app's own work (BEGIN, SET and the like). */
    public boolean control() {
        return kind == StatementKind.CONTROL;
    }
}
