package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a shape compares with its values: for each {@code ?} of its text, the column before {@code = ?},
 * {@code IN (?)} or {@code = ANY (?)}.
 */
final class Predicates {
    private final List<@Nullable ColumnName> columns;
    private final boolean list;

    private Predicates(List<@Nullable ColumnName> columns, boolean list) {
        this.columns = columns;
        this.list = list;
    }

    static Predicates of(QueryShape shape) {
        List<@Nullable ColumnName> columns = new ArrayList<>();
        String text = shape.text();
        boolean list = false;
        for (int at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
            boolean inList = text.startsWith("IN (", at - 4);
            boolean any = text.startsWith("= ANY (", at - 7);
            list |= inList || any;
            int end = inList ? at - 4 : any ? at - 7 : behindComparison(text, at);
            if (inList && text.startsWith("NOT ", end - 4)) {
                end = -1;
            }
            columns.add(end < 1 ? null : columnBefore(text, end, shape.tables()));
        }
        return new Predicates(columns, list);
    }

    /** Where the comparison before a placeholder starts, also as pgjdbc's simple mode writes it; -1 for none. */
    private static int behindComparison(String text, int at) {
        if (text.startsWith("= ", at - 2)) {
            return at - 2;
        }
        return text.startsWith("= (", at - 3) ? at - 3 : -1;
    }

    /** How many placeholders the text has. */
    int placeholders() {
        return columns.size();
    }

    /** Whether the shape asks for a list of values at once. */
    boolean asksForList() {
        return list;
    }

    /** The column that the value at {@code position} of {@code values} is compared with; null where unknown. */
    @Nullable
    ColumnName column(int position, int values) {
        if (values == columns.size()) {
            return columns.get(position);
        }
        ColumnName only = null;
        for (ColumnName column : columns) {
            if (column != null) {
                if (only != null) {
                    return null;
                }
                only = column;
            }
        }
        return only;
    }

    private static @Nullable ColumnName columnBefore(String text, int end, List<String> tables) {
        int stop = end;
        while (stop > 0 && text.charAt(stop - 1) == ' ') {
            stop--;
        }
        int start = stop;
        while (start > 0 && isInName(text.charAt(start - 1))) {
            start--;
        }
        if (start == stop) {
            return null;
        }
        String name = text.substring(start, stop).replace("\"", "");
        int dot = name.lastIndexOf('.');
        String column = name.substring(dot + 1);
        if (column.isEmpty()) {
            return null;
        }
        return new ColumnName(dot < 0 ? sole(tables) : table(text, name.substring(0, dot), tables), column);
    }

    private static @Nullable String table(String text, String alias, List<String> tables) {
        for (String table : tables) {
            if (table.equals(alias) || table.endsWith("." + alias)) {
                return table;
            }
        }
        for (String table : tables) {
            if (names(text, table + " " + alias)
                    || names(text, table + "\" " + alias)
                    || names(text, table + " AS " + alias)
                    || names(text, table + "\" AS " + alias)
                    || names(text, table + "\" \"" + alias)) {
                return table;
            }
        }
        return sole(tables);
    }

    private static boolean names(String text, String declaration) {
        int at = text.indexOf(declaration);
        int end = at + declaration.length();
        return at >= 0 && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)));
    }

    private static @Nullable String sole(List<String> tables) {
        return tables.size() == 1 ? tables.get(0) : null;
    }

    private static boolean isInName(char c) {
        return Character.isJavaIdentifierPart(c) || c == '.' || c == '"';
    }
}
