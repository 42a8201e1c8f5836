package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.proxy.postgres.tls.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks one database what it knows of its tables: estimated rows ({@code pg_class.reltuples}), the share of the most
 * common value ({@code pg_stats.most_common_freqs}) and foreign keys. Reads the catalogue only, scans no table, and sees
 * the share but never the value. Over a connection that is closed again. Blocks.
 */
final class StatisticsQuery {
    private static final String USERS_OWN = " not in ('pg_catalog', 'information_schema', 'pg_toast') limit 20000";
    private static final String MARK = "/* headroom: statistics */ ";

    private static final String TABLES = MARK
            + "select n.nspname, c.relname, c.reltuples::bigint from pg_catalog.pg_class c"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            + " where c.relkind in ('r', 'p', 'm') and n.nspname" + USERS_OWN;

    private static final String COLUMNS = MARK
            + "select s.schemaname, s.tablename, s.attname, coalesce(s.most_common_freqs[1], 0),"
            + " case when s.n_distinct >= 0 then s.n_distinct"
            + " when c.reltuples > 0 then -s.n_distinct * c.reltuples else -1 end,"
            + " least(c.reltuples, 300 * current_setting('default_statistics_target')::float)::bigint"
            + " from pg_catalog.pg_stats s"
            + " join pg_catalog.pg_namespace n on n.nspname = s.schemaname"
            + " join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = s.tablename"
            + " where not s.inherited and s.schemaname" + USERS_OWN;

    private static final String FOREIGN_KEYS = MARK
            + "select n.nspname, c.relname, a.attname, fn.nspname, f.relname, fa.attname"
            + " from pg_catalog.pg_constraint k"
            + " join pg_catalog.pg_class c on c.oid = k.conrelid"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            + " join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]"
            + " join pg_catalog.pg_class f on f.oid = k.confrelid"
            + " join pg_catalog.pg_namespace fn on fn.oid = f.relnamespace"
            + " join pg_catalog.pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = k.confkey[1]"
            + " where k.contype = 'f' and array_length(k.conkey, 1) = 1 and n.nspname" + USERS_OWN;

    private StatisticsQuery() {}

    static DatabaseFacts run(Target target, String user, String database) throws IOException {
        try (OwnConnection connection = OwnConnection.open(target, user, database)) {
            List<DatabaseFacts.Table> tables = new ArrayList<>();
            for (List<String> row : connection.query(TABLES)) {
                tables.add(new DatabaseFacts.Table(table(row, 0), Long.parseLong(row.get(2))));
            }
            List<DatabaseFacts.Column> columns = new ArrayList<>();
            for (List<String> row : connection.query(COLUMNS)) {
                double share = Math.max(0, Math.min(1, Double.parseDouble(row.get(3))));
                columns.add(new DatabaseFacts.Column(
                        table(row, 0), row.get(2), share, Double.parseDouble(row.get(4)), Long.parseLong(row.get(5))));
            }
            List<DatabaseFacts.ForeignKey> keys = new ArrayList<>();
            for (List<String> row : connection.query(FOREIGN_KEYS)) {
                keys.add(new DatabaseFacts.ForeignKey(table(row, 0), row.get(2), table(row, 3), row.get(5)));
            }
            return new DatabaseFacts(tables, columns, keys);
        }
    }

    private static String table(List<String> row, int schema) {
        return row.get(schema).equals("public") ? row.get(schema + 1) : row.get(schema) + "." + row.get(schema + 1);
    }
}
