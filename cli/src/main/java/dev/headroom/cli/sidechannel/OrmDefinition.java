package dev.headroom.cli.sidechannel;

import dev.headroom.core.trace.OrmFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes facts of what instrumentation tells of the app's ORM. */
final class OrmDefinition {
    private static final int MOST_COLUMNS = 200;

    private OrmDefinition() {}

    /** The table; null where the frame names none. */
    static OrmFacts.@Nullable Table table(Map<String, Object> told) {
        if (!(told.get("table") instanceof String table) || !(told.get("model") instanceof String model)) {
            return null;
        }
        List<OrmFacts.Column> columns = new ArrayList<>();
        if (told.get("columns") instanceof List<?> rows) {
            for (Object row : rows) {
                if (columns.size() < MOST_COLUMNS
                        && row instanceof List<?> column
                        && column.size() > 1
                        && column.get(0) instanceof String name
                        && column.get(1) instanceof String field) {
                    boolean key = column.size() > 2 && column.get(2) instanceof String;
                    columns.add(new OrmFacts.Column(name, field, key ? String.valueOf(column.get(2)) : null));
                }
            }
        }
        String module = told.get("module") instanceof String text ? text : "";
        return new OrmFacts.Table(table, model, module, columns);
    }

    /** The configured connection that was opened; null where the frame tells of none. */
    static OrmFacts.@Nullable Database database(Map<String, Object> opened) {
        return opened.get("alias") instanceof String alias && opened.get("maxAge") instanceof Number age
                ? new OrmFacts.Database(
                        alias,
                        age.longValue(),
                        Boolean.TRUE.equals(opened.get("outlives")),
                        opened.get("settings") instanceof String file && !file.isBlank() ? file : null)
                : null;
    }
}
