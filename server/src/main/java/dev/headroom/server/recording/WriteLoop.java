package dev.headroom.server.recording;

import dev.headroom.core.trace.CaptureCounters;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Takes what is to be written, commits it at intervals, counts what could not be written and tries again. */
final class WriteLoop implements Runnable {
    private static final int MOST_UNCOMMITTED = 5_000;

    /**
     * After so many tasks whoever else is ready gets the processor. What waits is written in one go otherwise, and where
     * there is one processor for the proxies and this, they would stand still for as long.
     */
    private static final int YIELD_AFTER = 16;

    /** For how long requests without statements are gathered, so that many of them take one row. */
    private static final long GATHER = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long PAUSE_AFTER_FAILURE = TimeUnit.SECONDS.toNanos(1);
    private static final long IDLE = TimeUnit.SECONDS.toNanos(30);

    private final HandOver<WriteTask> queue;
    private final RecordingStore store;
    private final Reserve reserve;
    private final long commitEvery;
    private final AtomicLong lostRequests = new AtomicLong();
    private final AtomicLong lostQueries = new AtomicLong();
    private final AtomicLong shedDetails = new AtomicLong();
    private volatile @Nullable String trouble;
    private volatile @Nullable String failure;
    private volatile @Nullable CaptureCounters counters;
    private long written;
    private long uncommitted;
    private long uncommittedRequests;
    private long uncommittedQueries;
    private long uncommittedSince;
    private long retryAt;
    private long lossesWritten;

    /** What was handed over first and is still growing, until when. */
    private @Nullable RequestBlock open;

    private long openUntil;

    WriteLoop(HandOver<WriteTask> queue, RecordingStore store, Reserve reserve, Duration commitEvery) {
        this.queue = queue;
        this.store = store;
        this.reserve = reserve;
        this.commitEvery = commitEvery.toNanos();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // only who waits for the processor depends on it, not what is written
    public void run() {
        try {
            while (!queue.finished() || open != null) {
                WriteTask task = queue.poll(open == null ? untilCommit() : Math.min(untilCommit(), untilTaken()));
                writeOpen(task != null || queue.finished());
                if (task != null && task.open() != null) {
                    begin();
                    open = task.open();
                    openUntil = System.nanoTime() + GATHER;
                } else if (task != null) {
                    write(task);
                }
                if (task != null && ++written % YIELD_AFTER == 0) {
                    Thread.yield();
                }
                if (uncommitted > 0 && (uncommitted >= MOST_UNCOMMITTED || store.commitDue() || untilCommit() <= 0)) {
                    commit();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finish();
        }
    }

    private long untilCommit() {
        return uncommitted == 0 ? IDLE : uncommittedSince + commitEvery - System.nanoTime();
    }

    private long untilTaken() {
        return openUntil - System.nanoTime();
    }

    /** Writes what was growing, where its time is over or something is {@code next} that came after it. */
    private void writeOpen(boolean next) {
        RequestBlock growing = open;
        if (growing != null && (next || untilTaken() <= 0)) {
            write(WriteTask.taken(growing));
            open = null;
        }
    }

    private void begin() {
        if (uncommitted == 0 && open == null) {
            uncommittedSince = System.nanoTime();
        }
    }

    private void write(WriteTask task) {
        if (trouble != null && System.nanoTime() - retryAt < 0) {
            lost(task);
            return;
        }
        begin();
        uncommitted++;
        uncommittedRequests += task.requests();
        uncommittedQueries += task.queries();
        try {
            task.write().accept(store);
        } catch (StoreFailure e) {
            failed(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            // This one cannot be written; the others can.
            uncommittedRequests -= task.requests();
            uncommittedQueries -= task.queries();
            lost(task);
        }
    }

    private void commit() {
        try {
            writeLosses();
            store.commit();
            uncommitted = 0;
            uncommittedRequests = 0;
            uncommittedQueries = 0;
            trouble = null;
            store.makeRoom();
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
    }

    private void writeLosses() {
        long losses = lostRequests.get() + lostQueries.get() + shedDetails.get();
        if (losses != lossesWritten) {
            store.meta("lost.requests", lostRequests.get());
            store.meta("lost.queries", lostQueries.get());
            store.meta("lost.details", shedDetails.get());
            lossesWritten = losses;
        }
    }

    private void failed(Exception cause) {
        trouble = cause.getMessage();
        failure = trouble;
        retryAt = System.nanoTime() + PAUSE_AFTER_FAILURE;
        lostRequests.addAndGet(uncommittedRequests);
        lostQueries.addAndGet(uncommittedQueries);
        uncommitted = 0;
        uncommittedRequests = 0;
        uncommittedQueries = 0;
        // what was written of losses is rolled back as well
        lossesWritten = -1;
        store.rollback();
    }

    private void finish() {
        queue.close();
        writeOpen(true);
        commit();
        reserve.close();
        if (failure != null) {
            commitWhatIsLacking();
        }
        try {
            store.close();
        } catch (SQLException e) {
            trouble = e.getMessage();
            failure = trouble;
        }
    }

    /** What was told last before the end is what tells how much was seen and missed. */
    private void commitWhatIsLacking() {
        CaptureCounters told = counters;
        try {
            if (told != null) {
                store.counters(told);
            }
        } catch (StoreFailure e) {
            failed(e);
        }
        commit();
    }

    /** What the run's counters are by now. Thread-safe. */
    void counters(CaptureCounters told) {
        counters = told;
    }

    void lost(WriteTask task) {
        lostRequests.addAndGet(task.requests());
        lostQueries.addAndGet(task.queries());
    }

    void shed() {
        shedDetails.incrementAndGet();
    }

    RecordingStatus status(Path file) {
        Rotation rotation = store.rotation();
        return new RecordingStatus(
                file,
                lostRequests.get(),
                lostQueries.get(),
                shedDetails.get(),
                rotation.details(),
                rotation.requests(),
                rotation.outside(),
                trouble,
                failure);
    }
}
