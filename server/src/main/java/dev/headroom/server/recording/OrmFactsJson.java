package dev.headroom.server.recording;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.trace.OrmFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an app's ORM calls things, as JSON in a recording: lists of rows, each a list of its fields. */
final class OrmFactsJson {
    private static final int LONGEST = 16 << 20;

    private OrmFactsJson() {}

    static String write(OrmFacts facts) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Object> tables = new ArrayList<>();
        for (OrmFacts.Table table : facts.tables()) {
            List<Object> columns = new ArrayList<>();
            table.columns().forEach(column -> columns.add(List.of(column.name(), column.field(), or(column.target()))));
            tables.add(List.of(table.name(), table.model(), table.module(), columns));
        }
        map.put("tables", tables);
        List<Object> databases = new ArrayList<>();
        facts.databases()
                .forEach(each -> databases.add(
                        List.of(each.alias(), each.maxAgeSeconds(), each.outlives() ? 1 : 0, or(each.file()))));
        map.put("databases", databases);
        try {
            return JSON.std.asString(map);
        } catch (IOException e) {
            throw new IllegalStateException("facts that are no JSON", e);
        }
    }

    static OrmFacts read(String text) {
        if (text.length() > LONGEST) {
            throw BinaryInput.damaged("an ORM's facts of " + text.length() + " characters");
        }
        try {
            Map<String, Object> map = JSON.std.mapFrom(text);
            List<OrmFacts.Table> tables = new ArrayList<>();
            for (List<?> row : rows(map.get("tables"))) {
                List<OrmFacts.Column> columns = new ArrayList<>();
                for (List<?> column : rows(row.get(3))) {
                    columns.add(new OrmFacts.Column(text(column, 0), text(column, 1), orNull(column, 2)));
                }
                tables.add(new OrmFacts.Table(text(row, 0), text(row, 1), text(row, 2), columns));
            }
            List<OrmFacts.Database> databases = new ArrayList<>();
            for (List<?> row : rows(map.get("databases"))) {
                databases.add(new OrmFacts.Database(
                        text(row, 0),
                        ((Number) row.get(1)).longValue(),
                        ((Number) row.get(2)).intValue() == 1,
                        orNull(row, 3)));
            }
            return new OrmFacts(tables, databases);
        } catch (IOException | ClassCastException | IndexOutOfBoundsException e) {
            throw BinaryInput.damaged("an ORM's facts that are not what was written (" + e.getMessage() + ")");
        }
    }

    private static List<List<?>> rows(@Nullable Object list) {
        if (!(list instanceof List<?> all)) {
            throw BinaryInput.damaged("an ORM's facts without a list of rows");
        }
        List<List<?>> rows = new ArrayList<>();
        for (Object row : all) {
            rows.add((List<?>) row);
        }
        return rows;
    }

    private static String text(List<?> row, int index) {
        return (String) row.get(index);
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static @Nullable String orNull(List<?> row, int index) {
        String text = text(row, index);
        return text.isEmpty() ? null : text;
    }
}
