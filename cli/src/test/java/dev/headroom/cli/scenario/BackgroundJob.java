package dev.headroom.cli.scenario;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Work every 50 ms that belongs to no request. */
final class BackgroundJob implements AutoCloseable {
    /** What it does each time. */
    interface Work {
        void run() throws SQLException;
    }

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();

    private final ScheduledFuture<?> ticking;

    private BackgroundJob(Work work, int roundsFirst) {
        CountDownLatch rounds = new CountDownLatch(roundsFirst);
        ticking = timer.scheduleAtFixedRate(
                () -> {
                    try {
                        work.run();
                    } catch (SQLException e) {
                        failure.set(e);
                    }
                    rounds.countDown();
                },
                0,
                50,
                TimeUnit.MILLISECONDS);
        try {
            if (!rounds.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the job did not run");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** On a connection of its own, and running for a while when this returns. */
    static BackgroundJob onItsOwn(Connections connections) throws SQLException {
        Connection own = connections.open("");
        return new BackgroundJob(() -> Db.ask(own, Marks.JOB, "own"), 5);
    }

    /** On whatever connection the pool gives it. */
    static BackgroundJob fromPool(Connections connections) {
        return new BackgroundJob(
                () -> {
                    Connection borrowed = connections.take("");
                    try {
                        Db.ask(borrowed, Marks.JOB, "borrowed");
                    } finally {
                        connections.giveBack("", borrowed);
                    }
                },
                5);
    }

    @Override
    public void close() throws SQLException {
        ticking.cancel(false);
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        SQLException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}
