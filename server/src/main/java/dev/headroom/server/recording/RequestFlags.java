package dev.headroom.server.recording;

import dev.headroom.core.trace.RequestTrace;

/** What the flags of a row of {@code request}, or of a request in a {@link RequestBlock}, say. */
final class RequestFlags {
    /** The response is a long-lived event stream. */
    static final int STREAMING = 1;

    /** The whole response was read as text. */
    static final int RESPONSE_READ = 2;

    /** There never was a detail row: the request has no queries that were kept one by one. */
    static final int NO_DETAIL = 4;

    /** Each value of the response stood for itself. */
    static final int RESPONSE_SEPARATE = 8;

    /** In a block only: when it was sent to the app follows. */
    static final int SENT = 16;

    /** In a block only: when the response's first byte came follows. */
    static final int FIRST_BYTE = 32;

    /** In a block only: for how long the app's side went on after the end follows. */
    static final int WORKED_ON = 64;

    /** In a block only: how many bytes of body the request had follows. */
    static final int BYTES_IN = 128;

    private RequestFlags() {}

    /** Those that hold in a row and in a block. */
    static int of(RequestTrace trace) {
        return (trace.request().streaming() ? STREAMING : 0)
                | (trace.response().complete() ? RESPONSE_READ : 0)
                | (trace.response().separate() ? RESPONSE_SEPARATE : 0)
                | (trace.queries().isEmpty() ? NO_DETAIL : 0);
    }
}
