package dev.headroom.server.recording;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.trace.DatabaseFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a database knows of its tables, as JSON in a recording: three lists of rows, each a list of its fields. */
final class DatabaseFactsJson {
    private static final int LONGEST = 16 << 20;

    private DatabaseFactsJson() {}

    static String write(DatabaseFacts facts) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "tables",
                facts.tables().stream()
                        .map(table -> List.of(table.name(), table.rows()))
                        .toList());
        map.put(
                "columns",
                facts.columns().stream()
                        .map(column -> List.of(
                                column.table(),
                                column.name(),
                                column.biggestShare(),
                                column.distinct(),
                                column.sampledRows()))
                        .toList());
        map.put(
                "foreignKeys",
                facts.foreignKeys().stream()
                        .map(key -> List.of(key.table(), key.column(), key.targetTable(), key.targetColumn()))
                        .toList());
        try {
            return JSON.std.asString(map);
        } catch (IOException e) {
            throw new IllegalStateException("facts that are no JSON", e);
        }
    }

    static DatabaseFacts read(String text) {
        if (text.length() > LONGEST) {
            throw BinaryInput.damaged("statistics of " + text.length() + " characters");
        }
        try {
            Map<String, Object> map = JSON.std.mapFrom(text);
            List<DatabaseFacts.Table> tables = new ArrayList<>();
            for (List<?> row : rows(map, "tables")) {
                tables.add(new DatabaseFacts.Table(name(row, 0), number(row, 1).longValue()));
            }
            List<DatabaseFacts.Column> columns = new ArrayList<>();
            for (List<?> row : rows(map, "columns")) {
                columns.add(new DatabaseFacts.Column(
                        name(row, 0),
                        name(row, 1),
                        number(row, 2).doubleValue(),
                        number(row, 3).doubleValue(),
                        number(row, 4).longValue()));
            }
            List<DatabaseFacts.ForeignKey> keys = new ArrayList<>();
            for (List<?> row : rows(map, "foreignKeys")) {
                keys.add(new DatabaseFacts.ForeignKey(name(row, 0), name(row, 1), name(row, 2), name(row, 3)));
            }
            return new DatabaseFacts(tables, columns, keys);
        } catch (IOException | ClassCastException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw BinaryInput.damaged("statistics that can't be read");
        }
    }

    private static List<List<?>> rows(Map<String, Object> map, String name) {
        List<List<?>> rows = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            list.forEach(row -> rows.add((List<?>) row));
        }
        return rows;
    }

    private static String name(List<?> row, int index) {
        return (String) row.get(index);
    }

    private static Number number(List<?> row, int index) {
        return (Number) row.get(index);
    }
}
