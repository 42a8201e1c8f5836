package dev.headroom.core.check;

import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.QueryShape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a SELECT that an ORM wrote, each with its path from the first by foreign keys: {@code office__company}.
 * Read off the joins' conditions; a table that is reached otherwise has no path.
 */
final class JoinedTables {
    private static final Pattern FROM = Pattern.compile(" FROM \"(\\w+)\"");
    private static final Pattern JOIN = Pattern.compile(
            " JOIN \"(\\w+)\"(?: (\\w+))? ON \\(\"?(\\w+)\"?\\.\"(\\w+)\" = \"?(\\w+)\"?\\.\"(\\w+)\"\\)");

    private final Map<String, String> tableByAlias = new LinkedHashMap<>();
    private final Map<String, String> pathByAlias = new HashMap<>();

    private JoinedTables() {}

    static JoinedTables of(QueryShape shape, KnownModels models) {
        JoinedTables joined = new JoinedTables();
        Matcher from = FROM.matcher(shape.text());
        if (from.find()) {
            joined.add(from.group(1), null, "");
            Matcher join = JOIN.matcher(shape.text());
            while (join.find()) {
                String owner = join.group(3);
                String path = joined.pathByAlias.get(owner);
                String table = joined.tableByAlias.get(owner);
                OrmFacts.Column key = table == null ? null : models.column(table, join.group(4));
                String its = path == null || key == null || key.target() == null
                        ? null
                        : path.isEmpty() ? key.field() : path + "__" + key.field();
                joined.add(join.group(1), join.group(2), its);
            }
        }
        return joined;
    }

    private void add(String table, @Nullable String alias, @Nullable String path) {
        String name = alias == null ? table : alias;
        tableByAlias.put(name, table);
        if (path != null) {
            pathByAlias.put(name, path);
        }
    }

    /** The paths at which {@code table} is joined; an empty one for the first table; none where it has no path. */
    List<String> paths(String table) {
        return tableByAlias.entrySet().stream()
                .filter(each -> each.getValue().equals(table))
                .filter(each -> pathByAlias.containsKey(each.getKey()))
                .map(each -> pathByAlias.get(each.getKey()))
                .toList();
    }

    /** How often {@code table} is among them. */
    long count(String table) {
        return tableByAlias.values().stream().filter(table::equals).count();
    }

    /** The tables, the first one first. */
    List<String> tables() {
        return List.copyOf(tableByAlias.values());
    }
}
