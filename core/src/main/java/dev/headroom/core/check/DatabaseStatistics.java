package dev.headroom.core.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the database knows about its own tables, read without a scan. Names as in result columns: lower case,
 * {@code schema.table} where the schema is not public. Implementations answer at once from what they read before.
 */
public interface DatabaseStatistics {
    /** Knows nothing: no database was asked. */
    DatabaseStatistics NONE = new DatabaseStatistics() {};

    /** Whether the database was asked at all. */
    default boolean known() {
        return false;
    }

    /** The estimated number of rows ({@code pg_class.reltuples}); -1 where unknown. */
    default long rows(String table) {
        return -1;
    }

    /** How a column's values are spread ({@code pg_stats}); null where unknown. */
    default @Nullable ColumnStatistics column(String table, String column) {
        return null;
    }

    /** Foreign keys of one column each ({@code pg_constraint}). */
    default List<ForeignKey> foreignKeys() {
        return List.of();
    }

    /**
     * How a column's values are spread.
     *
     * @param biggestShare the share of rows that have the most common value (first of {@code most_common_freqs}); 0
     *     where no value is common
     * @param distinct the estimated number of distinct values; -1 where unknown
     * @param sampledRows rows that ANALYZE looked at, which bounds how sure this is; -1 where unknown
     */
    record ColumnStatistics(double biggestShare, double distinct, long sampledRows) {
        public ColumnStatistics {
            if (!(biggestShare >= 0 && biggestShare <= 1)) {
                throw new IllegalArgumentException("a share is between 0 and 1: " + biggestShare);
            }
        }
    }

    /** A column that refers to another table's column. */
    record ForeignKey(String table, String column, String targetTable, String targetColumn) {}
}
