package dev.headroom.server.recording;

/** What the flags of a row of {@code request} say. */
final class RequestFlags {
    /** The response is a long-lived event stream. */
    static final int STREAMING = 1;

    /** The whole response was read as text. */
    static final int RESPONSE_READ = 2;

    /** There never was a detail row: the request has no queries that were kept one by one. */
    static final int NO_DETAIL = 4;

    /** Each value of the response stood for itself. */
    static final int RESPONSE_SEPARATE = 8;

    private RequestFlags() {}
}
