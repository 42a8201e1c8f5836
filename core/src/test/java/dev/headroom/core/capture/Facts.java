package dev.headroom.core.capture;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.StatementKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Facts for tests, with times in milliseconds. */
final class Facts {
    static final long MILLI = 1_000_000;

    private long queries;

    static long ms(long millis) {
        return millis * MILLI;
    }

    static CaptureEvent started(long id, long atMs) {
        return new CaptureEvent.RequestStarted(id, ms(atMs), null);
    }

    static CaptureEvent finished(long id, long fromMs, long toMs) {
        return finished(id, fromMs, toMs, toMs);
    }

    static CaptureEvent finished(long id, long fromMs, long toMs, long workEndMs) {
        Outcome outcome = workEndMs > toMs ? Outcome.CLIENT_GONE : Outcome.COMPLETED;
        return new CaptureEvent.RequestFinished(
                new Request(
                        id,
                        "GET",
                        "/api/orders",
                        "/api/orders",
                        200,
                        ms(fromMs),
                        -1,
                        ms(fromMs),
                        ms(toMs),
                        ms(toMs),
                        ms(workEndMs),
                        0,
                        10,
                        1,
                        false,
                        outcome),
                ResponseValues.UNREAD);
    }

    static CaptureEvent connected(long id, int backendPid, long atMs) {
        return new CaptureEvent.ConnectionChanged(new Connection(id, backendPid, ms(atMs), ms(atMs), 0));
    }

    CaptureEvent query(long connection, long transaction, StatementKind kind, long fromMs, long toMs) {
        return query(connection, transaction, kind, fromMs, toMs, null);
    }

    CaptureEvent query(
            long connection, long transaction, StatementKind kind, long fromMs, long toMs, @Nullable String traceId) {
        return query(connection, transaction, kind, fromMs, toMs, traceId, null);
    }

    private CaptureEvent query(
            long connection,
            long transaction,
            StatementKind kind,
            long fromMs,
            long toMs,
            @Nullable String traceId,
            @Nullable String sqlState) {
        QueryShape shape = new QueryShape(kind.ordinal() + 10L, kind.name(), kind, List.of(), false);
        return new CaptureEvent.QueryFinished(
                new Query(
                        ++queries,
                        0,
                        Attribution.UNATTRIBUTED,
                        connection,
                        transaction,
                        shape,
                        null,
                        ms(fromMs),
                        ms(toMs),
                        ms(toMs),
                        1,
                        10,
                        Digests.NONE,
                        true,
                        List.of(),
                        sqlState),
                traceId);
    }

    CaptureEvent select(long connection, long fromMs, long toMs) {
        return query(connection, 0, StatementKind.SELECT, fromMs, toMs);
    }

    CaptureEvent failedSelect(long connection, long fromMs, long toMs, String sqlState) {
        return query(connection, 0, StatementKind.SELECT, fromMs, toMs, null, sqlState);
    }
}
