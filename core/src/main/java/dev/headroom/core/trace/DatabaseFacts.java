package dev.headroom.core.trace;

import java.util.List;

/**
 * What the app's database knows of its own tables, read from its catalogue without a scan. Names as in result columns:
 * {@code schema.table} where the schema is not public.
 *
 * @param tables the tables
 * @param columns how the values of their columns are spread, where the database has looked
 * @param foreignKeys foreign keys of one column each
 */
public record DatabaseFacts(List<Table> tables, List<Column> columns, List<ForeignKey> foreignKeys) {
    public DatabaseFacts {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** How many entries there are, for bounds. */
    public int size() {
        return tables.size() + columns.size() + foreignKeys.size();
    }

    /**
     * A table.
     *
     * @param rows the estimated number of rows ({@code pg_class.reltuples}); -1 where it was never counted
     */
    public record Table(String name, long rows) {}

    /**
     * A column that ANALYZE has looked at ({@code pg_stats}).
     *
     * @param biggestShare the share of rows that have the most common value, 0 to 1; 0 where no value is common
     * @param distinct the estimated number of distinct values; -1 where unknown
     * @param sampledRows rows that were looked at, which bounds how sure this is
     */
    public record Column(String table, String name, double biggestShare, double distinct, long sampledRows) {
        public Column {
            if (!(biggestShare >= 0 && biggestShare <= 1)) {
                throw new IllegalArgumentException("a share is between 0 and 1: " + biggestShare);
            }
        }
    }

    /** A column that refers to another table's column ({@code pg_constraint}). */
    public record ForeignKey(String table, String column, String targetTable, String targetColumn) {}
}
