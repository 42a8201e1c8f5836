package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** Cancels a statement that would take very long. */
final class Cancelling {
    private Cancelling() {}

    static void assertCancels(Statement statement) {
        CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
            try {
                statement.execute("select pg_sleep(60)");
            } catch (SQLException e) {
                throw new IllegalStateException(e.getSQLState(), e);
            }
        });
        // the driver drops a cancel that comes before the statement is under way
        while (!running.isDone()) {
            try {
                statement.cancel();
                running.get(50, java.util.concurrent.TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                // once more
            } catch (Exception e) {
                break;
            }
        }
        assertThatThrownBy(running::join).hasMessageContaining("57014");
        assertThat(running).isCompletedExceptionally();
    }
}
