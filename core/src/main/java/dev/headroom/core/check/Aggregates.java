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
        int depth = 0;
        int from = 7;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            boolean listEnds = depth == 0 && c == ' ' && text.regionMatches(true, at, " FROM ", 0, 6);
            if (depth == 0 && c == ',' || listEnds) {
                if (!ONE.matcher(text.substring(from, at)).matches()) {
                    return false;
                }
                from = at + 1;
            }
            if (listEnds) {
                return !isGrouped(text, at);
            }
        }
        return false;
    }

    private static boolean isGrouped(String text, int from) {
        int depth = 0;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0 && c == ' ' && text.regionMatches(true, at, " GROUP BY ", 0, 10)) {
                return true;
            }
        }
        return false;
    }
}
