package dev.headroom.server.recording;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * An insert, update or delete that is run many times. Prepared again after a failure, because the driver closes a
 * prepared statement that failed. For one thread.
 */
final class Change {
    private final Database database;
    private final String sql;
    private @Nullable PreparedStatement prepared;

    Change(Database database, String sql) {
        this.database = database;
        this.sql = sql;
    }

    /** An insert of whole rows. */
    static Change insert(Database database, String into, int columns) {
        return new Change(database, into + " VALUES (?" + ", ?".repeat(columns - 1) + ")");
    }

    /** Runs it; how many rows it changed. */
    int run(@Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared;
        try {
            if (statement == null) {
                statement = database.connection().prepareStatement(sql);
                prepared = statement;
            }
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            prepared = null;
            if (statement != null) {
                statement.close();
            }
            throw e;
        }
    }
}
