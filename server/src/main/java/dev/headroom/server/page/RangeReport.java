package dev.headroom.server.page;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks' report on what happened in a part of a run, as if that had been all of it; goes on from where it was when
 * the run has news. {@link #readOn} is for one thread at a time, all else for any.
 */
final class RangeReport {
    private static final long NOBODY_WAITS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final TimeRange range;
    private final RunReporter reporter;
    private final TraceSink sink;
    private boolean told;
    private long last;
    private volatile long asked = System.nanoTime();
    private final AtomicLong wanted = new AtomicLong();
    private volatile long done = -1;
    private final AtomicInteger judged = new AtomicInteger();
    private volatile @Nullable RunReport report;

    RangeReport(TimeRange range, CheckContext context) {
        this.range = range;
        reporter = new RunReporter(context);
        sink = reporter.and(new TraceSink() {
            @Override
            public void request(RequestTrace trace) {
                judged.incrementAndGet();
            }
        });
    }

    /** Somebody wants it, up to that version of the run's view. */
    void ask(long version) {
        asked = System.nanoTime();
        wanted.accumulateAndGet(version, Math::max);
    }

    /** Whether somebody waits for what it does not say yet. */
    boolean waitedFor() {
        return done < wanted.get() && System.nanoTime() - asked < NOBODY_WAITS_AFTER_NANOS;
    }

    boolean upToDate() {
        return done >= wanted.get();
    }

    /** Reads until it is up to date, for as long as somebody waits for it and {@code goOn} says so. */
    void readOn(RecordingReader reader, BooleanSupplier goOn) {
        long version = wanted.get();
        if (!told) {
            RunInfo info = reader.run();
            if (info != null) {
                reporter.run(info);
            }
            told = true;
        }
        RecordingReader.Part part = reader.between(
                sink, last, range.fromNanos(), range.toNanos(), () -> goOn.getAsBoolean() && waitedFor());
        last = part.last();
        if (part.whole()) {
            report = reporter.report(List.of(), LocalDate.EPOCH);
            done = version;
        }
    }

    /** Requests that were judged so far. */
    int judged() {
        return judged.get();
    }

    /** The report, which may not have the latest news; null while it is read for the first time. */
    @Nullable
    RunReport report() {
        return report;
    }
}
