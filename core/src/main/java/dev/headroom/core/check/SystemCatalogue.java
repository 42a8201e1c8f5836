package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;

/**
 * Tells statements that ask only for the schema: tables of {@code pg_catalog} and {@code information_schema}. Frameworks
 * read it table by table as their classes are first used, and never again, so that in a short run the same statement
 * with other values looks like a repeat of every such request.
 */
final class SystemCatalogue {
    private SystemCatalogue() {}

    /** Whether {@code shape} reads tables, and all of them are the database's own. */
    static boolean only(QueryShape shape) {
        if (shape.tables().isEmpty()) {
            return false;
        }
        for (String table : shape.tables()) {
            // PostgreSQL keeps the prefix for itself in schemas' names, and asks others to leave it (Lexical Structure)
            if (!table.startsWith("pg_") && !table.startsWith("information_schema.")) {
                return false;
            }
        }
        return true;
    }
}
