package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.regex.Pattern;

/** Tells statements that return nothing but one row of aggregates, such as a count, from those that return rows. */
final class Aggregates {
    private static final Pattern ONE =
            Pattern.compile("(?i)\\s*(?:coalesce ?\\(\\s*)?(?:count|sum|avg|min|max) ?\\(.*");

    private Aggregates() {}

    /** Whether {@code shape} selects aggregates only, of one group. */
    static boolean only(QueryShape shape) {
        String text = shape.text();
        if (shape.truncated() || !text.regionMatches(true, 0, "SELECT ", 0, 7)) {
            return false;
        }
        boolean listed = false;
        int item = 7;
        int depth = 0;
        for (int at = item; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth > 0) {
                continue;
            }
            boolean from = !listed && text.regionMatches(true, at, " FROM ", 0, 6);
            if (from || !listed && c == ',') {
                if (!ONE.matcher(text.substring(item, at)).matches()) {
                    return false;
                }
                item = at + 1;
                listed = from;
            } else if (listed && text.regionMatches(true, at, " GROUP BY ", 0, 10)) {
                return false;
            }
        }
        return listed;
    }
}
