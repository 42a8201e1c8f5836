package dev.headroom.server.recording;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RelationLoad;
import dev.headroom.core.trace.StatementKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shapes, call sites and result columns of a recording by number; the latest are kept. For one thread. */
final class StoredEntries implements Interned.Entries, AutoCloseable {
    private static final long MOST_CHARACTERS = 8 << 20;

    private final PreparedStatement shape;
    private final PreparedStatement callSite;
    private final PreparedStatement columns;
    private final Map<Integer, QueryShape> shapes = new LinkedHashMap<>();
    private final Map<Integer, CallSite> callSites = new LinkedHashMap<>();
    private final Map<Integer, List<ColumnLabel>> labels = new LinkedHashMap<>();
    private long characters;

    StoredEntries(Database database) throws SQLException {
        shape = database.prepare("SELECT id, kind, truncated, tables, text FROM shape WHERE number = ?");
        callSite =
                database.prepare("SELECT file, line, function, relation, field, load FROM call_site WHERE number = ?");
        columns = database.prepare("SELECT body FROM result_columns WHERE number = ?");
    }

    @Override
    public QueryShape shape(int number) {
        QueryShape known = shapes.get(number);
        if (known == null) {
            known = one(shape, number, "statement", StoredEntries::readShape);
            keep(known.text().length());
            shapes.put(number, known);
        }
        return known;
    }

    @Override
    public CallSite callSite(int number) {
        CallSite known = callSites.get(number);
        if (known == null) {
            known = one(callSite, number, "call site", StoredEntries::readCallSite);
            keep(known.file().length() + known.function().length());
            callSites.put(number, known);
        }
        return known;
    }

    @Override
    public List<ColumnLabel> columns(int number) {
        List<ColumnLabel> known = labels.get(number);
        if (known == null) {
            known = one(columns, number, "result", StoredEntries::readColumns);
            keep(known.size() * 100L);
            labels.put(number, known);
        }
        return known;
    }

    private void keep(long more) {
        characters += more + 100;
        if (characters > MOST_CHARACTERS) {
            shapes.clear();
            callSites.clear();
            labels.clear();
            characters = more;
        }
    }

    private interface Read<T> {
        T read(Row row) throws SQLException;
    }

    private static <T> T one(PreparedStatement statement, int number, String what, Read<T> read) {
        try {
            statement.setInt(1, number);
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw BinaryInput.damaged("no " + what + " " + number);
                }
                return read.read(new Row(result));
            }
        } catch (SQLException e) {
            throw new StoreFailure(e);
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible " + what + " (" + e.getMessage() + ")");
        }
    }

    private static QueryShape readShape(Row row) throws SQLException {
        String tables = row.text(4);
        return new QueryShape(
                row.number(1),
                row.text(5),
                row.constant(2, StatementKind.class),
                tables.isEmpty() ? List.of() : List.of(tables.split("\n", -1)),
                row.number(3) != 0);
    }

    private static CallSite readCallSite(Row row) throws SQLException {
        String load = row.textOrNull(6);
        return new CallSite(
                row.text(1),
                row.integer(2),
                row.text(3),
                row.textOrNull(4),
                row.textOrNull(5),
                load == null ? null : RelationLoad.parse(load));
    }

    private static List<ColumnLabel> readColumns(Row row) throws SQLException {
        BinaryInput in = new BinaryInput(row.bytes(1));
        int count = in.count(6);
        List<ColumnLabel> read = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            read.add(ColumnLabel.read(in));
        }
        return List.copyOf(read);
    }

    @Override
    public void close() throws SQLException {
        shape.close();
        callSite.close();
        columns.close();
    }
}
