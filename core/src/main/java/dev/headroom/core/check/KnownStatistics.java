package dev.headroom.core.check;

import dev.headroom.core.trace.DatabaseFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database's statistics as they were last told. For one thread. */
public final class KnownStatistics implements DatabaseStatistics {
    private final Map<String, Long> rows = new HashMap<>();
    private final Map<ColumnName, ColumnStatistics> columns = new HashMap<>();
    private List<ForeignKey> keys = List.of();
    private boolean known;

    /** Takes what the database says now in place of what it said before. */
    public void update(DatabaseFacts facts) {
        known = true;
        rows.clear();
        columns.clear();
        for (DatabaseFacts.Table table : facts.tables()) {
            rows.put(table.name(), table.rows());
        }
        for (DatabaseFacts.Column column : facts.columns()) {
            columns.put(
                    new ColumnName(column.table(), column.name()),
                    new ColumnStatistics(column.biggestShare(), column.distinct(), column.sampledRows()));
        }
        keys = facts.foreignKeys().stream()
                .map(key -> new ForeignKey(key.table(), key.column(), key.targetTable(), key.targetColumn()))
                .toList();
    }

    @Override
    public boolean known() {
        return known;
    }

    @Override
    public long rows(String table) {
        return rows.getOrDefault(table, -1L);
    }

    @Override
    public @Nullable ColumnStatistics column(String table, String column) {
        return columns.get(new ColumnName(table, column));
    }

    @Override
    public List<ForeignKey> foreignKeys() {
        return keys;
    }
}
