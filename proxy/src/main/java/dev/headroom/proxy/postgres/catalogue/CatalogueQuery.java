package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.proxy.postgres.capture.ColumnNames;
import dev.headroom.proxy.postgres.tls.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks one database for the names of its tables' columns, over a connection that is closed again. Blocks. */
final class CatalogueQuery {
    private static final int MOST_ROWS = 20_000;

    /** One column. */
    record Row(int table, int number, ColumnNames.Name name) {}

    private CatalogueQuery() {}

    /**
     * Asks.
     *
     * @param tables the OIDs of those to ask for; empty for all that aren't the server's own
     */
    static List<Row> run(Target target, String user, String database, List<Integer> tables) throws IOException {
        try (OwnConnection connection = OwnConnection.open(target, user, database)) {
            List<Row> rows = new ArrayList<>();
            String table = "";
            for (List<String> row : connection.query(text(tables))) {
                String qualified = row.get(2).equals("public") ? row.get(3) : row.get(2) + "." + row.get(3);
                // one string for all columns of a table
                table = table.equals(qualified) ? table : qualified;
                rows.add(new Row(
                        Integer.parseUnsignedInt(row.get(0)),
                        Integer.parseInt(row.get(1)),
                        new ColumnNames.Name(table, row.get(4))));
            }
            return rows;
        }
    }

    private static String text(List<Integer> tables) {
        StringBuilder which = new StringBuilder();
        if (tables.isEmpty()) {
            which.append("n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'");
        } else {
            which.append("c.oid in (");
            for (Integer table : tables) {
                which.append(which.charAt(which.length() - 1) == '(' ? "" : ",")
                        .append(Integer.toUnsignedString(table));
            }
            which.append(')');
        }
        return "/* headroom: names of columns */ select a.attrelid, a.attnum, n.nspname, c.relname, a.attname"
                + " from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid"
                + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                + " where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f') and "
                + which + " order by a.attrelid, a.attnum limit " + MOST_ROWS;
    }
}
