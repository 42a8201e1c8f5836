package dev.headroom.server.recording;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording: while it is written, when it is finished, or as a killed run left it. Never writes. Every method
 * throws a HeadroomException for a recording that is damaged. Thread-safe; one call runs at a time.
 */
public final class RecordingReader implements AutoCloseable {
    private static final String DETAIL = "run.detail.";

    private final Path file;
    private final RecordingFile opened;
    private final StoredEntries entries;

    private RecordingReader(Path file, RecordingFile opened, StoredEntries entries) {
        this.file = file;
        this.opened = opened;
        this.entries = entries;
    }

    /**
     * Opens {@code file}.
     *
     * @throws HeadroomException if it is not a recording, of another format, or damaged
     */
    public static RecordingReader open(Path file) {
        RecordingFile opened = RecordingFile.open(file);
        try {
            return new RecordingReader(file, opened, new StoredEntries(opened.database()));
        } catch (SQLException e) {
            opened.close();
            throw RecordingFile.unreadable(file, e);
        }
    }

    /** The file that is read. */
    public Path file() {
        return file;
    }

    /** What was run; null where the recording ended before that was written. */
    public synchronized @Nullable RunInfo run() {
        return reading(() -> run(meta()));
    }

    /** The counters when it was last written to, what the recording itself lost included. */
    public synchronized CaptureCounters counters() {
        return reading(() -> counters(meta()));
    }

    /** What the recording lost or gave up. */
    public synchronized RecordingStatus status() {
        return reading(() -> status(meta()));
    }

    /** Whether the run ended properly: false while it goes on, and where it was killed. */
    public synchronized boolean finished() {
        return reading(() -> number(meta(), "finished") != 0);
    }

    /** How many requests it holds. */
    public synchronized long requests() {
        return reading(() -> StoredRequests.count(opened.database()));
    }

    /**
     * Tells everything to {@code sink}, in the order in which it was written, as of one moment. Executions outside
     * requests are told in their order among themselves, at most a commit's interval late among the rest. A request
     * whose detail was rotated away comes with counts by shape instead of queries.
     */
    public synchronized void replay(TraceSink sink) {
        reading(() -> {
            opened.database().execute("BEGIN");
            try (Replay replay = new Replay(opened.database(), entries, 0)) {
                Map<String, Object> meta = meta();
                RunInfo run = run(meta);
                if (run != null) {
                    sink.run(run);
                }
                replay.into(sink);
                RecordingStatus status = status(meta);
                if (status.rotatedDetails() + status.rotatedOutside() > 0) {
                    sink.event(new Event(run == null ? 0 : run.startedNanos(), Event.Kind.RECORDING, 0, said(status)));
                }
                sink.counters(counters(meta));
            } finally {
                opened.database().execute("ROLLBACK");
            }
            return true;
        });
    }

    /**
     * Tells {@code sink} what was written after the row numbered {@code after} (0 for all), and the counters.
     *
     * @return the number of the last row, for the next call
     */
    public synchronized long follow(TraceSink sink, long after) {
        return reading(() -> {
            opened.database().execute("BEGIN");
            try (Replay replay = new Replay(opened.database(), entries, after)) {
                replay.into(sink);
                sink.counters(counters(meta()));
                return replay.last();
            } finally {
                opened.database().execute("ROLLBACK");
            }
        });
    }

    /** The request with this id and its queries; null where the recording has none. */
    public synchronized @Nullable RequestTrace request(long id) {
        return reading(() -> StoredRequests.byId(opened.database(), id, entries));
    }

    /**
     * Tells {@code sink} what happened in a time, by its start (bounds of the monotonic clock, inclusive): of the rows
     * after the one numbered {@code after} (0 for all) the requests, the queries outside of requests, the connections,
     * the events, and, of any time, what the database and the ORM told. In the order in which it was written, as of one moment.
     *
     * @param goOn asked before each row; false ends the telling
     * @return from where to go on with the next call
     */
    public synchronized Part between(TraceSink sink, long after, long fromNanos, long toNanos, BooleanSupplier goOn) {
        return reading(() -> {
            opened.database().execute("BEGIN");
            try (Replay replay = Replay.between(opened.database(), entries, after, fromNanos, toNanos)) {
                long written = StoredRequests.last(opened.database());
                boolean whole = replay.into(sink, goOn);
                return new Part(whole ? Math.max(written, replay.last()) : replay.last(), whole);
            } finally {
                opened.database().execute("ROLLBACK");
            }
        });
    }

    /**
     * How far a telling came.
     *
     * @param last the number of the last row that was looked at
     * @param whole whether it came to the end of what was written
     */
    public record Part(long last, boolean whole) {}

    /** Tells the requests with statements and the queries outside of requests that lie in the rows from {@code first} to {@code last}. */
    public synchronized void rows(TraceSink sink, long first, long last) {
        reading(() -> {
            try (Replay replay = Replay.rows(opened.database(), entries, first, last)) {
                replay.into(sink);
            }
            return true;
        });
    }

    private static String said(RecordingStatus status) {
        return "The recording reached its size cap: the oldest detail was removed (of " + status.rotatedDetails()
                + " requests, of which " + status.rotatedRequests() + " were removed whole, and "
                + status.rotatedOutside() + " statements outside requests).";
    }

    private static @Nullable RunInfo run(Map<String, Object> meta) {
        if (!(meta.get("run.command") instanceof String command)) {
            return null;
        }
        Map<String, String> details = new HashMap<>();
        meta.forEach((name, value) -> {
            if (name.startsWith(DETAIL)) {
                details.put(name.substring(DETAIL.length()), String.valueOf(value));
            }
        });
        return new RunInfo(
                command,
                number(meta, "run.started_at_millis"),
                number(meta, "run.started_nanos"),
                String.valueOf(meta.get("run.headroom_version")),
                details);
    }

    private static CaptureCounters counters(Map<String, Object> meta) {
        return new CaptureCounters(
                number(meta, "counter.requests"),
                number(meta, "counter.statements"),
                number(meta, "counter.control"),
                number(meta, "counter.dropped_requests") + number(meta, "lost.requests"),
                number(meta, "counter.dropped_queries") + number(meta, "lost.queries"),
                number(meta, "counter.shed_details") + number(meta, "lost.details"),
                number(meta, "counter.truncated_shapes"),
                number(meta, "counter.uninterpreted_connections"),
                number(meta, "counter.unreadable_responses"),
                number(meta, "counter.unread_responses"),
                number(meta, "counter.told_of_no_request"));
    }

    private RecordingStatus status(Map<String, Object> meta) {
        return new RecordingStatus(
                file,
                number(meta, "lost.requests"),
                number(meta, "lost.queries"),
                number(meta, "lost.details"),
                number(meta, "rotated.details"),
                number(meta, "rotated.requests"),
                number(meta, "rotated.outside"),
                null,
                null);
    }

    private static long number(Map<String, Object> meta, String name) {
        return meta.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private Map<String, Object> meta() throws SQLException {
        Map<String, Object> meta = new HashMap<>();
        try (Statement statement = opened.database().connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, value FROM meta LIMIT 1000")) {
            while (rows.next()) {
                Object value = rows.getObject(2);
                if (value != null) {
                    meta.put(rows.getString(1), value);
                }
            }
        }
        return meta;
    }

    private interface Reading<T extends @Nullable Object> {
        T read() throws SQLException;
    }

    private <T extends @Nullable Object> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (SQLException | StoreFailure e) {
            throw new HeadroomException(
                    "The recording " + file + " is damaged or cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            entries.close();
        } catch (SQLException e) {
            // It was only read: nothing is lost.
            return;
        } finally {
            opened.close();
        }
    }
}
