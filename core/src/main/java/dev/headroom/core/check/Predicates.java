package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a shape compares with its values: for each {@code ?} of its text, the column before {@code = ?},
 * {@code IN (?)} or {@code = ANY (?)}.
 */
final class Predicates {
    /** What starts a list whose like elements a shape shows as one: of values, of pairs, of rows. */
    private static final Pattern LIST = Pattern.compile("(?:\\bIN|\\bVALUES) \\(\\(*\\?|\\bARRAY ?\\[\\(*\\?");

    private final List<@Nullable ColumnName> columns;
    private final int inLists;

    private Predicates(List<@Nullable ColumnName> columns, int inLists) {
        this.columns = columns;
        this.inLists = inLists;
    }

    static Predicates of(QueryShape shape) {
        List<@Nullable ColumnName> columns = new ArrayList<>();
        String text = shape.text();
        for (int at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
            boolean inList = text.startsWith("IN (", at - 4);
            boolean any = text.startsWith("= ANY (", at - 7);
            int end = inList ? at - 4 : any ? at - 7 : behindComparison(text, at);
            if (inList && text.startsWith("NOT ", end - 4)) {
                end = -1;
            }
            columns.add(end < 1 ? null : columnBefore(text, end, shape.tables()));
        }
        return new Predicates(columns, inLists(text));
    }

    private static int inLists(String text) {
        int count = 0;
        for (Matcher list = LIST.matcher(text); list.find(); ) {
            int depth = 0;
            int at = Math.max(text.indexOf('(', list.start()), list.start() + 1);
            do {
                char c = text.charAt(at++);
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                count += c == '?' ? 1 : 0;
            } while (depth > 0 && at < text.length());
        }
        return count;
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

    /** How many of them are elements of lists: each may stand for many values. */
    int placeholdersInLists() {
        return inLists;
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
        for (int at = text.indexOf(declaration); at >= 0; at = text.indexOf(declaration, at + 1)) {
            int end = at + declaration.length();
            boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            if (begins && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String sole(List<String> tables) {
        return tables.size() == 1 ? tables.get(0) : null;
    }

    private static boolean isInName(char c) {
        return Character.isJavaIdentifierPart(c) || c == '.' || c == '"';
    }
}
