package dev.headroom.proxy.postgres.capture;

import org.jspecify.annotations.Nullable;

/** Names of tables' columns, as far as they are known. Answers at once. */
public interface ColumnNames {
    /**
     * A column's name.
     *
     * @param table with its schema unless that is public
     */
    record Name(String table, String column) {}

    /** A connection to that database is ready: names will be asked for. */
    void wanted();

    /** The name of column {@code number} of the table with that OID; null where it is not known by now. */
    @Nullable
    Name name(int tableOid, int number);
}
