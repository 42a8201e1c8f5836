package dev.headroom.proxy.postgres;

import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import org.postgresql.PGConnection;

/** What applications do with pgjdbc, written down. */
final class PgjdbcWork {
    private PgjdbcWork() {}

    static String run(int port, String parameters) throws Exception {
        StringBuilder report = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port, parameters));
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table work(id serial primary key, name text unique, price numeric(10,2),"
                    + " at timestamp, raw bytea, flag boolean)");
            insert(connection, report);
            connection.setAutoCommit(false);
            for (int round = 0; round < 8; round++) {
                select(connection, report, round);
            }
            connection.commit();
            fail(connection, statement, report);
            PGConnection postgres = connection.unwrap(PGConnection.class);
            report.append(postgres.getCopyAPI()
                    .copyIn("copy work(name, price) from stdin", new StringReader("copied\t1.25\nsecond\t\\N\n")));
            StringWriter out = new StringWriter();
            postgres.getCopyAPI().copyOut("copy work(name, price) to stdout", out);
            report.append(out);
            connection.rollback();
            connection.setAutoCommit(true);
            statement.execute("listen work");
            statement.execute("notify work, 'news'");
            report.append(postgres.getNotifications(5_000)[0].getParameter());
            Cancelling.assertCancels(statement);
            report.append(connection.isValid(5));
        }
        return report.toString();
    }

    private static void insert(Connection connection, StringBuilder report) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into work(name, price, at, raw, flag) values (?, ?, ?, ?, ?)",
                Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 20; i++) {
                insert.setString(1, "name " + i + " 'quoted' \\ ü");
                insert.setBigDecimal(2, new BigDecimal(i).movePointLeft(1));
                insert.setTimestamp(3, Timestamp.valueOf("2024-02-29 12:00:0" + i % 10));
                insert.setBytes(4, new byte[] {0, (byte) i, -1});
                insert.setBoolean(5, i % 2 == 0);
                insert.addBatch();
            }
            int count = insert.executeBatch().length;
            report.append(count);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                while (keys.next()) {
                    report.append(' ').append(keys.getInt(1));
                }
            }
        }
    }

    private static void select(Connection connection, StringBuilder report, int round) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select * from work where id > ? and flag = ? order by id")) {
            select.setInt(1, round);
            select.setBoolean(2, round % 2 == 0);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    report.append('\n').append(rows.getInt(1)).append('|').append(rows.getString(2));
                    report.append('|').append(rows.getBigDecimal(3)).append('|').append(rows.getTimestamp(4));
                    report.append('|').append(rows.getBytes(5)[1]).append('|').append(rows.getBoolean(6));
                }
            }
        }
    }

    private static void fail(Connection connection, Statement statement, StringBuilder report) throws SQLException {
        for (String wrong : new String[] {
            "select no_such_column",
            "insert into work(name) select name from work limit 1",
            "selec",
            "select 1 / (id - id) from work"
        }) {
            try {
                statement.execute(wrong);
            } catch (SQLException e) {
                report.append('\n').append(e.getSQLState());
            }
            connection.rollback();
        }
    }
}
