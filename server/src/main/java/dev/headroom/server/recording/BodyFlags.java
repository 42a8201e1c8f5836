package dev.headroom.server.recording;

/** The first byte of a query in a body: which of its parts follow. */
final class BodyFlags {
    static final int OTHER_REQUEST = 1;
    static final int CALL_SITE = 2;
    static final int FIRST_ROW = 4;
    static final int VALUES_COMPLETE = 8;
    static final int COLUMNS = 16;
    static final int SQL_STATE = 32;

    /** Outside requests only. */
    static final int TRANSACTION = 64;

    private BodyFlags() {}
}
