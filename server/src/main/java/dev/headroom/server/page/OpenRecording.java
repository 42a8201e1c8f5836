package dev.headroom.server.page;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.server.recording.RecordingReader;
import dev.headroom.server.recording.Recordings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A recording that the page shows, followed while it is written. Thread-safe. */
final class OpenRecording implements AutoCloseable {
    private final Path file;
    private final RecordingReader reader;
    /** A second one, so that nobody waits for a request until all of a long recording has been read. */
    private final RecordingReader asked;

    private final RunView view;
    private final RangeReports parts;
    private final Object following = new Object();
    private long last;
    private boolean told;
    private volatile boolean read;
    private volatile boolean finished;
    private volatile @Nullable String trouble;

    private OpenRecording(Path file, RecordingReader reader, RecordingReader asked, CheckContext context) {
        this.file = file;
        this.reader = reader;
        this.asked = asked;
        view = new RunView(context);
        parts = new RangeReports(file, context);
    }

    static OpenRecording open(Path file, CheckContext context) {
        RecordingReader reader = RecordingReader.open(file);
        try {
            return new OpenRecording(file, reader, RecordingReader.open(file), context);
        } catch (HeadroomException e) {
            reader.close();
            throw e;
        }
    }

    /** Reads what is new; whether there was anything. */
    boolean follow() {
        synchronized (following) {
            if (finished && read || trouble != null) {
                return false;
            }
            try {
                boolean ended = reader.finished();
                if (!told) {
                    RunInfo info = reader.run();
                    if (info != null) {
                        view.run(info);
                        told = true;
                    }
                }
                long before = last;
                boolean first = !read;
                last = reader.follow(view, last);
                finished = ended;
                read = true;
                return first || last != before || ended;
            } catch (HeadroomException e) {
                trouble = e.getMessage();
                return true;
            } catch (RuntimeException e) {
                // it must not end the thread that reads all of them
                trouble = "It could not be read to its end (" + e.getClass().getSimpleName() + ").";
                return true;
            }
        }
    }

    Path file() {
        return file;
    }

    /** What changes whenever its answers may. */
    String state() {
        return view.version() + (finished ? "f" : "") + (read ? "r" : "") + "|";
    }

    /** The folder that the run was started in, where the recording lies in it as {@code .headroom/…}. */
    @Nullable
    Path project() {
        Path directory = file.toAbsolutePath().getParent();
        return directory != null && directory.endsWith(Recordings.DIRECTORY) ? directory.getParent() : null;
    }

    RunView view() {
        return view;
    }

    /** Whether all that was in the file when it was opened has been read. */
    boolean read() {
        return read;
    }

    boolean finished() {
        return finished;
    }

    /** Why it cannot be read; null where it can. */
    @Nullable
    String trouble() {
        return trouble;
    }

    @Nullable
    RequestTrace request(long id) {
        return asked.request(id);
    }

    /** What ran in a part of the run. */
    ShapeTotals shapes(TimeRange range) {
        ShapeTotals totals = new ShapeTotals();
        for (long[] rows : view.addShapes(range, totals)) {
            asked.rows(within(range, totals), rows[0], rows[1]);
        }
        return totals;
    }

    private static TraceSink within(TimeRange range, ShapeTotals totals) {
        return new TraceSink() {
            @Override
            public void request(RequestTrace trace) {
                if (range.contains(trace.request().startNanos())) {
                    totals.add(trace);
                }
            }

            @Override
            public void outside(Query query) {
                if (range.contains(query.startNanos())) {
                    totals.addOutside(query);
                }
            }
        };
    }

    /** The report on a part of the run, as far as it is known within a moment. */
    RangeReport report(TimeRange range) {
        return parts.ask(range, view.version());
    }

    @Override
    public void close() {
        parts.close();
        reader.close();
        asked.close();
    }
}
