package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/** Cancels a statement of the shared server that would take very long. */
final class Cancelling {
    private Cancelling() {}

    static void assertCancels(Statement statement) throws SQLException {
        int backend = statement.getConnection().unwrap(PGConnection.class).getBackendPID();
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                statement.execute("select pg_sleep(60)");
            } catch (SQLException e) {
                throw new IllegalStateException(e.getSQLState(), e);
            }
        });
        // one that comes before the statement is under way does nothing, and pgjdbc sends only one
        awaitSleeping(backend);
        statement.cancel();
        assertThatThrownBy(running::join).hasMessageContaining("57014");
        assertThat(running).isCompletedExceptionally();
    }

    private static void awaitSleeping(int backend) throws SQLException {
        String direct = ProxiedServer.url(LoggingServer.shared().port(), "");
        try (Connection other = DriverManager.getConnection(direct);
                PreparedStatement asks = other.prepareStatement(
                        "select count(*) from pg_stat_activity where pid = ? and wait_event = 'PgSleep'")) {
            asks.setInt(1, backend);
            int sleeping = 0;
            while (sleeping == 0) {
                try (ResultSet answer = asks.executeQuery()) {
                    answer.next();
                    sleeping = answer.getInt(1);
                }
            }
        }
    }
}
