package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.sql.StatementReader;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what the connections of one loop went through into facts, and holds what they need to read them. */
public final class Recorder {
    private static final int POOLED = 16;

    private final CaptureSink sink;
    private final StatementReader statements;
    private final BindReader binds;
    private final ValueReader values;
    private final ResultShapes shapes = new ResultShapes();
    private final Ids ids;
    private final ArrayDeque<ColumnCapture> pool = new ArrayDeque<>();

    /** States facts to {@code sink}; values are digested by {@code digester}; numbers are from {@code ids}. */
    public Recorder(CaptureSink sink, ValueDigester digester, Ids ids) {
        this.ids = ids;
        this.sink = sink;
        this.statements = new StatementReader(digester);
        this.values = new ValueReader(digester);
        this.binds = new BindReader(values);
    }

    StatementReader statements() {
        return statements;
    }

    BindReader binds() {
        return binds;
    }

    ValueReader values() {
        return values;
    }

    ResultShapes shapes() {
        return shapes;
    }

    /** What is counted whatever is shed. */
    public CaptureMeter meter() {
        return sink.meter();
    }

    /** Whether detail is to be left out for now. */
    boolean overloaded() {
        return sink.overloaded();
    }

    Ids ids() {
        return ids;
    }

    void connection(Connection connection) {
        sink.offer(new CaptureEvent.ConnectionChanged(connection));
    }

    /** Something happened that the report is to tell. */
    public void happened(Event.Kind kind, String text) {
        sink.offer(new CaptureEvent.Happened(new Event(System.nanoTime(), kind, 0, text)));
    }

    /** One to add a result up in, for {@link #finished} to take back. */
    ColumnCapture columns(ResultShape shape) {
        ColumnCapture columns = pool.pollFirst();
        return (columns == null ? new ColumnCapture() : columns).over(shape);
    }

    /** An execution is over: {@code endNanos} is when the last byte of its answer arrived. */
    void finished(
            Execution execution,
            long connectionId,
            long transactionId,
            long endNanos,
            ColumnNames names,
            @Nullable String sqlState) {
        meter().statement(execution.statement.shape().control());
        List<ResultColumn> columns = List.of();
        ColumnCapture captured = execution.columns;
        if (captured != null) {
            columns = captured.columns(names);
            execution.columns = null;
            if (pool.size() < POOLED) {
                pool.addFirst(captured);
            }
        }
        boolean complete = execution.detailed && execution.values.complete();
        if (!complete && execution.values.sent()) {
            meter().shedDetail();
        }
        if (execution.statement.shape().truncated()) {
            meter().truncatedShape();
        }
        long start = execution.begunNanos();
        Query query = new Query(
                execution.id,
                0,
                Attribution.UNATTRIBUTED,
                connectionId,
                transactionId,
                execution.statement.shape(),
                null,
                start,
                execution.firstRowNanos,
                Math.max(start, endNanos),
                execution.rows,
                execution.bytes,
                execution.statement.values(execution.values.digests()),
                complete,
                columns,
                sqlState);
        sink.offer(new CaptureEvent.QueryFinished(query, execution.traceId));
    }
}
