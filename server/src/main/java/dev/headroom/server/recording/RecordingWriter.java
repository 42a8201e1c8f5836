package dev.headroom.server.recording;

import dev.headroom.core.FileFailure;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.core.trace.ValueSample;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run to one file, on a thread of its own. The sink's methods return at once: what cannot be written in time
 * loses its detail first, and what cannot be written at all is counted ({@link #status}). After {@link #create} nothing
 * of it throws, whatever becomes of the disk.
 */
public final class RecordingWriter implements TraceSink, AutoCloseable {
    private static final long WAIT_FOR_ROOM_MILLIS = 50;
    private static final long CLOSE_SECONDS = 20;
    private static final long OUTSIDE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path file;
    private final HandOver<WriteTask> queue;
    private final WriteLoop loop;
    private final Thread thread;

    /** Queries outside requests that were not handed over yet: an app's background work can be very many. */
    private OutsideBlock outside = new OutsideBlock();

    /** What the next request without statements goes into, where nothing else was told since the last one. */
    private @Nullable RequestBlock block;

    private long uncounted;

    private RecordingWriter(Path file, RecordingSettings settings, RecordingStore store) {
        this.file = file;
        queue = new HandOver<>(settings.queueBytes());
        loop = new WriteLoop(queue, store, Reserve.beside(file.toAbsolutePath()), settings.commitEvery());
        thread = new Thread(loop, "headroom-recording");
        thread.setDaemon(true);
    }

    /**
     * Creates {@code file} and starts to write it.
     *
     * @throws HeadroomException if it exists or cannot be created
     */
    public static RecordingWriter create(Path file, RecordingSettings settings) {
        Path absolute = file.toAbsolutePath();
        try {
            OwnerOnly.createFile(absolute);
        } catch (FileAlreadyExistsException e) {
            throw new HeadroomException(
                    "The recording " + file + " exists already. Give another name with --out, or remove it.", e);
        } catch (IOException e) {
            throw new HeadroomException(
                    "The recording " + file + " could not be created (" + FileFailure.reason(e)
                            + "). Give a file in a folder that can be written to with --out.",
                    e);
        }
        try {
            RecordingWriter writer =
                    new RecordingWriter(file, settings, new RecordingStore(absolute, settings.maxBytes()));
            writer.thread.start();
            return writer;
        } catch (RuntimeException e) {
            absolute.toFile().delete();
            throw e;
        } catch (SQLException e) {
            absolute.toFile().delete();
            throw new HeadroomException(
                    "The recording " + file + " could not be created (" + e.getMessage()
                            + "). Check the space left, or give another file with --out.",
                    e);
        }
    }

    /** The file that is written. */
    public Path file() {
        return file;
    }

    /** What was lost or given up so far. Thread-safe. */
    public RecordingStatus status() {
        return loop.status(file);
    }

    @Override
    public void run(RunInfo info) {
        offer(new WriteTask(0, 0, store -> store.run(info)), 1_000);
    }

    @Override
    public void request(RequestTrace trace) {
        if (RequestBlock.takes(trace)) {
            withoutStatements(trace);
            return;
        }
        long queries = trace.queries().size();
        long weight = 500;
        for (Query query : trace.queries()) {
            weight += weight(query);
        }
        WriteTask whole = new WriteTask(1, queries, store -> store.request(trace));
        if (handOver(whole, weight)) {
            return;
        }
        RequestTrace bare = WriteTask.withoutDetail(trace);
        loop.shed();
        offer(new WriteTask(1, queries, store -> store.requestWithoutDetail(bare)), 2_000);
    }

    private void withoutStatements(RequestTrace trace) {
        RequestBlock open = block;
        if (open != null && open.add(trace)) {
            return;
        }
        RequestBlock next = new RequestBlock();
        next.add(trace);
        if (handOver(WriteTask.of(next), RequestBlock.LEAST_WEIGHT)) {
            block = next;
        } else {
            loop.lost(WriteTask.taken(next));
        }
    }

    @Override
    public void outside(Query query) {
        boolean room = outside.add(query);
        if (!room || query.endNanos() - outside.firstEnd() > OUTSIDE_NANOS) {
            handOverOutside();
        }
    }

    private void handOverOutside() {
        OutsideBlock told = outside;
        if (told.size() > 0) {
            outside = new OutsideBlock();
            offer(new WriteTask(0, told.size(), store -> store.outside(told)), told.weight());
        }
    }

    @Override
    public void connection(Connection connection) {
        offer(new WriteTask(0, 0, store -> store.connection(connection)), 200);
    }

    @Override
    public void event(Event event) {
        offer(new WriteTask(0, 0, store -> store.event(event)), 500);
    }

    @Override
    public void database(DatabaseFacts facts) {
        offer(new WriteTask(0, 0, store -> store.database(facts)), 100L * (1 + facts.size()));
    }

    @Override
    public void orm(OrmFacts facts) {
        offer(new WriteTask(0, 0, store -> store.orm(facts)), 100L * (1 + facts.size()));
    }

    @Override
    public void sample(MemorySample sample) {
        offer(new WriteTask(0, 0, store -> store.sample(sample)), 200);
    }

    @Override
    public void jvm(JvmSample sample) {
        offer(new WriteTask(0, 0, store -> store.jvm(sample)), 200);
    }

    @Override
    public void values(ValueSample sample) {
        offer(new WriteTask(0, 0, store -> store.values(sample)), sample.weight());
    }

    @Override
    public void counters(CaptureCounters counters) {
        handOverOutside();
        loop.counters(counters);
        offer(new WriteTask(0, 0, store -> store.counters(counters)), 200);
    }

    private void offer(WriteTask task, long weight) {
        if (!handOver(task, weight)) {
            loop.lost(task);
        }
    }

    /** Hands over what was told after all that was told before, and with it what the last block has grown to since. */
    private boolean handOver(WriteTask task, long weight) {
        RequestBlock grown = block;
        block = null;
        uncounted += grown == null ? 0 : grown.weight();
        boolean taken = queue.offer(task, weight + uncounted, WAIT_FOR_ROOM_MILLIS);
        uncounted = taken ? 0 : uncounted;
        return taken;
    }

    private static long weight(Query query) {
        long cells = query.values().size();
        for (ResultColumn column : query.columns()) {
            cells += column.values().size();
        }
        return 200L + 60L * query.columns().size() + (long) Long.BYTES * cells;
    }

    /** Writes what is waiting, commits, and leaves one file. Waits {@value #CLOSE_SECONDS} s at most. */
    @Override
    public void close() {
        handOverOutside();
        queue.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
