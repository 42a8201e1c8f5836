package dev.headroom.core.report;

/**
 * What was seen and could not be written into the recording.
 *
 * @param requests requests
 * @param statements executions, those of the requests included
 */
public record Unrecorded(long requests, long statements) {
    /** All was written, or nothing was to be. */
    public static final Unrecorded NOTHING = new Unrecorded(0, 0);
}
