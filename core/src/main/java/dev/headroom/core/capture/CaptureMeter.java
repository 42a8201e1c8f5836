package dev.headroom.core.capture;

import dev.headroom.core.trace.CaptureCounters;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what capture saw and what it had to leave out. Thread-safe; adding allocates nothing. */
public final class CaptureMeter {
    private final LongAdder requests = new LongAdder();
    private final LongAdder statements = new LongAdder();
    private final LongAdder control = new LongAdder();
    private final LongAdder droppedRequests = new LongAdder();
    private final LongAdder droppedQueries = new LongAdder();
    private final LongAdder shedDetails = new LongAdder();
    private final LongAdder truncatedShapes = new LongAdder();
    private final LongAdder uninterpretedConnections = new LongAdder();
    private final LongAdder unreadableResponses = new LongAdder();
    private final LongAdder unreadResponses = new LongAdder();
    private final LongAdder toldOfNoRequest = new LongAdder();
    private final LongAdder mistakes = new LongAdder();
    private volatile @Nullable Throwable lastMistake;

    /** A request reached the HTTP proxy. */
    public void request() {
        requests.increment();
    }

    /** An execution passed the PostgreSQL proxy. */
    public void statement(boolean isControl) {
        (isControl ? control : statements).increment();
    }

    /** A request was lost before it was recorded. */
    public void droppedRequest() {
        droppedRequests.increment();
    }

    /** An execution was lost before it was recorded. */
    public void droppedQuery() {
        droppedQueries.increment();
    }

    /** Reading along failed by our own mistake, not for what was read. */
    public void mistake(Throwable cause) {
        mistakes.increment();
        lastMistake = cause;
    }

    /** How often it did; nothing else suffers from it than what is read. */
    public long mistakes() {
        return mistakes.sum();
    }

    /** The last of these; null for none. */
    public @Nullable Throwable lastMistake() {
        return lastMistake;
    }

    /** Values or columns of an execution were left out. */
    public void shedDetail() {
        shedDetails.increment();
    }

    /** A statement was too long to be read whole. */
    public void truncatedShape() {
        truncatedShapes.increment();
    }

    /** A connection's bytes are passed on unread. */
    public void uninterpretedConnection() {
        uninterpretedConnections.increment();
    }

    /** A text response is in an encoding that can't be read, or broken in it. */
    public void unreadableResponse() {
        unreadableResponses.increment();
    }

    /** A text response was not read, or not whole: it was too large, or there were too many at once. */
    public void unreadResponse() {
        unreadResponses.increment();
    }

    /** Instrumentation told of an execution, but not for which of the requests that ran: it had seen none begin. */
    void toldOfNoRequest() {
        toldOfNoRequest.increment();
    }

    /** The counters now. */
    public CaptureCounters counters() {
        return new CaptureCounters(
                requests.sum(),
                statements.sum(),
                control.sum(),
                droppedRequests.sum(),
                droppedQueries.sum(),
                shedDetails.sum(),
                truncatedShapes.sum(),
                uninterpretedConnections.sum(),
                unreadableResponses.sum(),
                unreadResponses.sum(),
                toldOfNoRequest.sum());
    }
}
