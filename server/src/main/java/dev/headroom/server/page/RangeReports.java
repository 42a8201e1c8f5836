package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import dev.headroom.server.recording.RecordingReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The reports on parts of a recording. What must be read for them is read by a thread of their own, which starts when
 * one is asked for and ends when nobody waits for any. The {@value #MOST} that were asked for last are kept.
 * Thread-safe.
 */
final class RangeReports implements AutoCloseable {
    private static final int MOST = 3;

    /** Who asks waits so long, so that a small part is answered at once. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private final Path file;
    private final CheckContext context;
    private final Map<TimeRange, RangeReport> reports = new LinkedHashMap<>(4, 0.75f, true);
    private @Nullable HeadroomException failure;
    private boolean reading;
    private volatile boolean closed;

    RangeReports(Path file, CheckContext context) {
        this.file = file;
        this.context = context;
    }

    /**
     * The report on that part, as far as it is known within a moment.
     *
     * @param version of the run's view, up to which it should know what happened
     * @throws HeadroomException if the recording cannot be read
     */
    synchronized RangeReport ask(TimeRange range, long version) {
        RangeReport report = reports.computeIfAbsent(range, key -> new RangeReport(key, context));
        if (reports.size() > MOST) {
            reports.remove(reports.keySet().iterator().next());
        }
        report.ask(version);
        tellFailure(); // which may have come while nobody asked: else the part would be read again first
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (long left = PATIENCE_NANOS; !report.upToDate() && !closed && left > 0; left = end - System.nanoTime()) {
            read();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return report;
            }
            tellFailure();
        }
        return report;
    }

    private void tellFailure() {
        HeadroomException told = failure;
        if (told != null) {
            failure = null;
            throw told;
        }
    }

    private void read() {
        if (!reading && !closed) {
            reading = true;
            Thread thread = new Thread(this::readAll, "headroom-page-findings");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void readAll() {
        try (RecordingReader reader = RecordingReader.open(file)) {
            for (RangeReport next = next(); next != null; next = next()) {
                RangeReport each = next;
                each.readOn(reader, () -> !closed && kept(each));
                synchronized (this) {
                    notifyAll();
                }
            }
        } catch (HeadroomException e) {
            failed(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            failed(new HeadroomException("The findings of this time could not be made: " + e, e));
        }
    }

    private synchronized void failed(HeadroomException e) {
        failure = e;
        // one that was read in part would count that part again
        reports.clear();
        reading = false;
        notifyAll();
    }

    private synchronized @Nullable RangeReport next() {
        for (RangeReport each : List.copyOf(reports.values())) {
            if (each.waitedFor() && !closed) {
                return each;
            }
        }
        reading = false;
        return null;
    }

    private synchronized boolean kept(RangeReport report) {
        return reports.containsValue(report);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
