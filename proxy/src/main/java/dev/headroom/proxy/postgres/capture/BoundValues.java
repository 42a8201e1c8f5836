package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.trace.Digests;

/**
 * What a Bind message gave.
 *
 * @param digests of its parameters
 * @param complete whether that is all of them
 * @param formats the result's formats
 * @param sent whether there was a Bind message at all, or none that was due
 */
record BoundValues(Digests digests, boolean complete, ResultFormats formats, boolean sent) {
    static final BoundValues NONE = new BoundValues(Digests.NONE, true, ResultFormats.TEXT);
    static final BoundValues UNREAD = new BoundValues(Digests.NONE, false, ResultFormats.UNKNOWN);

    /** Of a statement that was refused before any were sent for it: unknown, but not for want of time. */
    static final BoundValues UNSENT = new BoundValues(Digests.NONE, false, ResultFormats.UNKNOWN, false);

    BoundValues(Digests digests, boolean complete, ResultFormats formats) {
        this(digests, complete, formats, true);
    }
}
