package dev.headroom.core.trace;

/**
 * How much was captured and how much was not, since the start of the run. Never shed, so that a silent miss shows.
 *
 * @param requests requests seen by the HTTP proxy
 * @param statements executions seen by the PostgreSQL proxy, BEGIN and the like not included
 * @param control BEGIN and the like
 * @param droppedRequests requests lost before they were recorded
 * @param droppedQueries executions lost before they were recorded
 * @param shedDetails executions whose values or columns were left out: under load, or of a FunctionCall, which
 *     names no types
 * @param truncatedShapes executions whose statement was too long to be read whole
 * @param uninterpretedConnections connections whose bytes were passed on unread (TLS not ended here, replication)
 * @param unreadableResponses text responses in a content coding or charset that can't be read, or broken in it
 * @param unreadResponses text responses that were not read, or not whole: too large, or too many at once
 * @param toldOfNoRequest executions that in-app instrumentation told of while requests ran, of which it had seen none
 *     begin
 */
public record CaptureCounters(
        long requests,
        long statements,
        long control,
        long droppedRequests,
        long droppedQueries,
        long shedDetails,
        long truncatedShapes,
        long uninterpretedConnections,
        long unreadableResponses,
        long unreadResponses,
        long toldOfNoRequest) {
    /** Nothing seen, nothing lost. */
    public static final CaptureCounters ZERO = new CaptureCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
