package dev.headroom.proxy.postgres;

import org.jspecify.annotations.Nullable;

/** Names of tables' columns, as far as they are known. Answers at once. */
@FunctionalInterface
interface ColumnNames {
    /** Knows none. */
    ColumnNames UNKNOWN = (table, number) -> null;

    /**
     * A column's name.
     *
     * @param table with its schema unless that is public
     */
    record Name(String table, String column) {}

    /** The name of column {@code number} of the table with that OID; null where it is not known. */
    @Nullable
    Name name(int tableOid, int number);
}
