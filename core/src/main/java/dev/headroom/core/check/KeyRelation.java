package dev.headroom.core.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the values of one column identify rows by another: by the database's foreign keys where they are known,
 * else by the naming that frameworks' own schema generators follow ({@code user_id} and {@code users.id}).
 */
final class KeyRelation {
    private final DatabaseStatistics statistics;

    KeyRelation(DatabaseStatistics statistics) {
        this.statistics = statistics;
    }

    /** Whether {@code source}'s values are known to be looked up in {@code target}. */
    boolean holds(ColumnName source, ColumnName target) {
        return byForeignKey(source, target) || byName(source, target) || byName(target, source);
    }

    /** Whether a column's name is that of a key. */
    static boolean isKey(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        return name.equals("id")
                || name.equals("pk")
                || name.equals("uuid")
                || name.endsWith("_id")
                || name.endsWith("_pk")
                || name.endsWith("_uuid")
                || name.endsWith("_key")
                || name.endsWith("_code");
    }

    /** Whether a column identifies rows of its own table, so that at most one row is looked up with it. */
    static boolean isOwnKey(ColumnName name) {
        return isBareKey(name.column())
                || name.table() != null
                        && name.column().endsWith("_id")
                        && isNamedAfter(
                                name.table(),
                                name.column().substring(0, name.column().length() - "_id".length()));
    }

    private boolean byForeignKey(ColumnName a, ColumnName b) {
        for (DatabaseStatistics.ForeignKey key : statistics.foreignKeys()) {
            if (is(a, key.table(), key.column()) && is(b, key.targetTable(), key.targetColumn())
                    || is(b, key.table(), key.column()) && is(a, key.targetTable(), key.targetColumn())) {
                return true;
            }
        }
        return false;
    }

    private static boolean is(ColumnName name, String table, String column) {
        return column.equals(name.column()) && table.equals(name.table());
    }

    /** Two columns with the same name of a key, or a reference named after the other's table. */
    private static boolean byName(ColumnName reference, ColumnName key) {
        String name = reference.column();
        if (name.equals(key.column())) {
            boolean own = reference.table() != null && reference.table().equals(key.table());
            return isKey(name) && (own || !isBareKey(name));
        }
        if (!isBareKey(key.column()) || key.table() == null) {
            return false;
        }
        String suffix = "_" + key.column();
        return name.endsWith(suffix) && isNamedAfter(key.table(), name.substring(0, name.length() - suffix.length()));
    }

    private static boolean isBareKey(String column) {
        return column.equals("id") || column.equals("pk") || column.equals("uuid");
    }

    /** Whether a table holds what {@code singular} names: {@code users}, {@code app_user}, {@code companies}. */
    private static boolean isNamedAfter(@Nullable String table, String singular) {
        if (table == null || singular.isEmpty()) {
            return false;
        }
        String bare = table.substring(table.lastIndexOf('.') + 1);
        String plural = singular.endsWith("y") ? singular.substring(0, singular.length() - 1) + "ies" : singular + "s";
        return endsWithWord(bare, singular) || endsWithWord(bare, plural) || endsWithWord(bare, singular + "es");
    }

    private static boolean endsWithWord(String table, String word) {
        return table.equals(word) || table.endsWith("_" + word);
    }
}
