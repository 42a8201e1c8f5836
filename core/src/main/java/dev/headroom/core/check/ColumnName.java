package dev.headroom.core.check;

import org.jspecify.annotations.Nullable;

/**
 * A column, as far as it is known.
 *
 * @param table its table; null where unknown
 * @param column its name
 */
record ColumnName(@Nullable String table, String column) {
    /** {@code table.column}, or the column alone. */
    String text() {
        return table == null ? column : table + "." + column;
    }
}
