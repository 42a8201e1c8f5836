package dev.headroom.core.trace;

import org.jspecify.annotations.Nullable;

/**
 * One column of a query's result as it came over the wire.
 *
 * @param name the column's label in the result
 * @param table the table it comes from, {@code schema.table} where the schema is not public; null for an expression
 *     or where the catalogue could not be asked
 * @param column the column's name in its table; null as for {@code table}
 * @param tableOid the table's OID from RowDescription, 0 for an expression
 * @param columnNumber the column's attribute number from RowDescription, 0 for an expression
 * @param typeOid the type's OID from RowDescription
 * @param bytes bytes of all values in all rows
 * @param nulls rows in which the value was NULL
 * @param values digests by row, of at most the first 1,000 rows
 * @param words of text that is long enough to be told apart: digests of some words of the values of the first rows, row
 *     by row, each row's followed by {@link Digests#NULL_VALUE}; they tell a text that a response shows in part, or among
 *     other text. Empty for other columns
 */
public record ResultColumn(
        String name,
        @Nullable String table,
        @Nullable String column,
        int tableOid,
        int columnNumber,
        int typeOid,
        long bytes,
        long nulls,
        Digests values,
        Digests words) {
    public ResultColumn {
        if (bytes < 0 || nulls < 0) {
            throw new IllegalArgumentException("bytes and nulls must not be negative: " + bytes + ", " + nulls);
        }
    }

    /** A column of whose words nothing is known. */
    public ResultColumn(
            String name,
            @Nullable String table,
            @Nullable String column,
            int tableOid,
            int columnNumber,
            int typeOid,
            long bytes,
            long nulls,
            Digests values) {
        this(name, table, column, tableOid, columnNumber, typeOid, bytes, nulls, values, Digests.NONE);
    }

    /** The same column with other values and words. */
    public ResultColumn with(Digests otherValues, Digests otherWords) {
        return new ResultColumn(
                name, table, column, tableOid, columnNumber, typeOid, bytes, nulls, otherValues, otherWords);
    }
}
