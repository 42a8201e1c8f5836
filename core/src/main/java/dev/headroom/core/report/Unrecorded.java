package dev.headroom.core.report;

/**
 * What a recording lacks of its run.
 *
 * @param requests requests that were seen and could not be written
 * @param statements executions that were seen and could not be written, those of the requests included
 * @param end whether the run's end is missing: it goes on, or Headroom was killed
 */
public record Unrecorded(long requests, long statements, boolean end) {
    /** All was written, or nothing was to be. */
    public static final Unrecorded NOTHING = new Unrecorded(0, 0, false);

    /** All but what came after the recording was written to last. */
    public static final Unrecorded THE_END = new Unrecorded(0, 0, true);
}
