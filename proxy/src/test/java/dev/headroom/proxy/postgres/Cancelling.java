package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
        // a cancel that comes before the statement is under way does nothing
        while (!running.isDone()) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // the statement's own end says whether one arrived
                continue;
            }
            running.exceptionally(failure -> null)
                    .completeOnTimeout(null, 100, TimeUnit.MILLISECONDS)
                    .join();
        }
        assertThatThrownBy(running::join).hasMessageContaining("57014");
        assertThat(running).isCompletedExceptionally();
    }
}
