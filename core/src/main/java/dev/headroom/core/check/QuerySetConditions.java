package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement's simple conditions in the words of Django's {@code filter}, those on keys left out. */
final class QuerySetConditions {
    private static final String COLUMN = "(?:\"?\\w+\"?\\.)*\"?(\\w+)\"?";
    private static final Pattern IS = Pattern.compile("(NOT )?" + COLUMN);
    private static final Pattern EQUALS = Pattern.compile(COLUMN + " = \\?");

    private QuerySetConditions() {}

    /** E.g. {@code active=True}; a value is an ellipsis, as it is not known. */
    static List<String> of(QueryShape shape) {
        List<String> conditions = new ArrayList<>();
        for (String part : parts(shape)) {
            Matcher is = IS.matcher(part);
            Matcher equals = EQUALS.matcher(part);
            if (is.matches()) {
                conditions.add(is.group(2) + (is.group(1) == null ? "=True" : "=False"));
            } else if (equals.matches() && !KeyRelation.isKey(equals.group(1))) {
                conditions.add(equals.group(1) + "=…");
            }
        }
        return conditions;
    }

    /** A name for the list: {@code active_addresses}. */
    static String attribute(QueryShape shape, String relation) {
        for (String part : parts(shape)) {
            Matcher is = IS.matcher(part);
            if (is.matches() && is.group(1) == null) {
                return is.group(2).toLowerCase(Locale.ROOT) + "_" + relation;
            }
        }
        return "wanted_" + relation;
    }

    private static List<String> parts(QueryShape shape) {
        String text = shape.text();
        int where = text.indexOf(" WHERE ");
        if (where < 0) {
            return List.of();
        }
        int end = text.length();
        for (String next : List.of(" GROUP BY ", " ORDER BY ", " LIMIT ", " OFFSET ")) {
            int at = text.indexOf(next, where);
            end = at < 0 ? end : Math.min(end, at);
        }
        String conditions = text.substring(where + " WHERE ".length(), end).strip();
        if (conditions.startsWith("(") && conditions.endsWith(")")) {
            conditions = conditions.substring(1, conditions.length() - 1);
        }
        return List.of(conditions.split(" AND "));
    }
}
