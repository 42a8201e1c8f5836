package dev.headroom.core.trace;

/**
 * One HTTP request and its response, as the proxy saw them. Times are of the machine's monotonic clock.
 *
 * @param id unique in the recording, from 1; what our own header tells the app
 * @param method e.g. {@code GET}
 * @param path path and query string, with parameters whose names look secret blanked
 * @param route the group it is counted in, without the method, e.g. {@code /api/orders/{id}}
 * @param status the response's status; 0 where none came
 * @param startNanos when the request's first byte arrived
 * @param queueNanos time before that, by X-Request-Start; -1 where unknown
 * @param sentNanos when the last byte of headers and body had been sent to the app; 0 where that never happened
 * @param firstByteNanos when the response's first byte arrived; 0 where none came
 * @param endNanos when the response was complete, or the client had gone
 * @param workEndNanos when the app's side was over; later than {@code endNanos} where the app went on for nobody
 * @param bytesIn bytes of the request's body as sent
 * @param bytesOut bytes of the response's body as sent
 * @param inFlight requests in flight when it arrived, itself included
 * @param streaming whether the response is a long-lived event stream (does not count as in flight after its head)
 * @param outcome how it ended
 */
public record Request(
        long id,
        String method,
        String path,
        String route,
        int status,
        long startNanos,
        long queueNanos,
        long sentNanos,
        long firstByteNanos,
        long endNanos,
        long workEndNanos,
        long bytesIn,
        long bytesOut,
        int inFlight,
        boolean streaming,
        Outcome outcome) {
    public Request {
        if (id <= 0) {
            throw new IllegalArgumentException("a request's id starts at 1: " + id);
        }
        if (endNanos < startNanos || workEndNanos < endNanos) {
            throw new IllegalArgumentException(
                    "a request's times are out of order: " + startNanos + ", " + endNanos + ", " + workEndNanos);
        }
    }

    /** From its first byte to its end, in nanoseconds. */
    public long nanos() {
        return endNanos - startNanos;
    }

    /** Method and route, the name under which requests are counted: {@code GET /api/orders}. */
    public String operation() {
        return method + " " + route;
    }

    /** The same request, counted under {@code route} (a framework's own name for it). */
    public Request routed(String route) {
        return new Request(
                id,
                method,
                path,
                route,
                status,
                startNanos,
                queueNanos,
                sentNanos,
                firstByteNanos,
                endNanos,
                workEndNanos,
                bytesIn,
                bytesOut,
                inFlight,
                streaming,
                outcome);
    }
}
