package dev.headroom.server.recording;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.JDBC;

/** One connection to a SQLite file, in autocommit mode; transactions are begun and ended by hand. */
final class Database implements AutoCloseable {
    private final Connection connection;

    private Database(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens {@code file}.
     *
     * @param query of the SQLite URI, e.g. {@code mode=ro}
     */
    static Database open(Path file, String query) throws SQLException {
        SqliteLibrary.load();
        // toUri escapes what a URI's path may not hold, such as the ? that would end the name.
        String uri = "jdbc:sqlite:"
                + file.toAbsolutePath().toUri().toASCIIString().replace("file:///", "file:/") + "?" + query;
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "3000");
        // or the driver asks for the key of each row that it inserts, which costs as much as the row itself
        properties.setProperty("jdbc.get_generated_keys", "false");
        Connection connection = JDBC.createConnection(uri, properties);
        if (connection == null) {
            throw new SQLException("the driver refused " + uri);
        }
        return new Database(connection);
    }

    Connection connection() {
        return connection;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    /** Whether there is a table of that name. */
    boolean has(String table) throws SQLException {
        return number("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'") > 0;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
