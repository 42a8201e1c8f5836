package dev.headroom.core.check;

import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a statement asks of a relation's rows, in the words of Django's query sets: the
 * conditions but that on the owner's key, and the order. A value is an ellipsis, as it is not known.
 *
 * @param filters e.g. {@code active=True}, {@code kind=…}
 * @param order e.g. {@code id}, {@code -placed_at}
 * @param complete whether these are all that the statement asks, so that they can be applied as they stand
 */
record QuerySetConditions(List<String> filters, List<String> order, boolean complete) {
    private static final String COLUMN = "(?:\"?(\\w+)\"?\\.)?\"?(\\w+)\"?";
    private static final Pattern IS = Pattern.compile("(NOT )?" + COLUMN);
    private static final Pattern NULL = Pattern.compile(COLUMN + " IS (NOT )?NULL");
    private static final Pattern EQUALS = Pattern.compile(COLUMN + " = \\?");
    private static final Pattern ORDER = Pattern.compile(COLUMN + "(?: (ASC|DESC))?");

    static QuerySetConditions of(QueryShape shape, KnownModels models) {
        List<String> filters = new ArrayList<>();
        List<String> order = new ArrayList<>();
        List<String> where = clause(shape, " WHERE ", " AND ");
        boolean generic = where.stream().anyMatch(part -> part.contains("content_type_id\" = ?"));
        int keys = generic ? 2 : 1;
        boolean complete = !shape.text().startsWith("SELECT DISTINCT");
        for (String part : where) {
            Matcher equals = EQUALS.matcher(part);
            boolean value = equals.matches();
            if (value && keys > 0 && KeyRelation.isKey(equals.group(2))) {
                keys--; // the owner's
                continue;
            }
            String filter = value ? field(models, equals.group(1), equals.group(2), "=…") : flag(models, part);
            complete &= filter != null && !value;
            filters.add(filter == null ? "…" : filter);
        }
        for (String part : clause(shape, " ORDER BY ", ", ")) {
            Matcher by = ORDER.matcher(part);
            String field = by.matches() ? field(models, by.group(1), by.group(2), "") : null;
            complete &= field != null;
            if (field != null) {
                order.add("DESC".equals(by.group(3)) ? "-" + field : field);
            }
        }
        return new QuerySetConditions(filters, order, complete && keys == 0);
    }

    private static @Nullable String flag(KnownModels models, String part) {
        Matcher is = IS.matcher(part);
        if (is.matches()) {
            return field(models, is.group(2), is.group(3), is.group(1) == null ? "=True" : "=False");
        }
        Matcher empty = NULL.matcher(part);
        return empty.matches()
                ? field(
                        models,
                        empty.group(1),
                        empty.group(2),
                        "__isnull=" + (empty.group(3) == null ? "True" : "False"))
                : null;
    }

    private static @Nullable String field(KnownModels models, @Nullable String table, String column, String condition) {
        OrmFacts.Column known = table == null ? null : models.column(table, column);
        return (known == null ? column : known.field()) + condition;
    }

    /** {@code .filter(active=True).order_by("id")}. */
    String calls() {
        String filter = filters.isEmpty() ? "" : ".filter(" + String.join(", ", filters) + ")";
        String ordered = order.isEmpty() ? "" : ".order_by(\"" + String.join("\", \"", order) + "\")";
        return filter + ordered;
    }

    /** A name for the list of those rows: {@code active_addresses}. */
    String attribute(String relation) {
        for (String filter : filters) {
            if (filter.endsWith("=True") && !filter.contains("__")) {
                return filter.substring(0, filter.indexOf('=')).toLowerCase(Locale.ROOT) + "_" + relation;
            }
        }
        return "wanted_" + relation;
    }

    private static List<String> clause(QueryShape shape, String keyword, String separator) {
        String text = shape.text();
        int start = text.indexOf(keyword);
        if (start < 0) {
            return List.of();
        }
        int end = text.length();
        for (String next : List.of(" GROUP BY ", " ORDER BY ", " LIMIT ", " OFFSET ")) {
            int at = text.indexOf(next, start + 1);
            end = at < 0 ? end : Math.min(end, at);
        }
        String parts = text.substring(start + keyword.length(), end).strip();
        if (parts.startsWith("(") && parts.endsWith(")")) {
            parts = parts.substring(1, parts.length() - 1);
        }
        return List.of(parts.split(separator));
    }
}
