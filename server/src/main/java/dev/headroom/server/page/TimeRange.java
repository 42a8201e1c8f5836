package dev.headroom.server.page;

/**
 * A part of a recording.
 *
 * @param fromNanos monotonic clock, inclusive
 * @param toNanos monotonic clock, inclusive
 */
record TimeRange(long fromNanos, long toNanos) {
    static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean contains(long nanos) {
        return nanos >= fromNanos && nanos <= toNanos;
    }
}
