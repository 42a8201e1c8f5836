package dev.headroom.server.recording;

import java.time.Duration;

/**
 * How much a recording may take, and how often it is committed.
 *
 * @param maxBytes cap of the file; beyond it the oldest detail goes first
 * @param queueBytes cap of what waits in memory to be written; beyond it detail is left out and counted
 * @param commitEvery the longest that anything stays uncommitted while the disk keeps up
 */
public record RecordingSettings(long maxBytes, long queueBytes, Duration commitEvery) {
    private static final long SMALLEST_CAP = 1L << 20;

    public RecordingSettings {
        if (maxBytes < SMALLEST_CAP) {
            throw new IllegalArgumentException(
                    "a recording needs at least " + SMALLEST_CAP + " bytes, not " + maxBytes);
        }
        if (queueBytes <= 0) {
            throw new IllegalArgumentException("the queue needs some bytes, not " + queueBytes);
        }
        if (commitEvery.isNegative() || commitEvery.isZero()) {
            throw new IllegalArgumentException("recordings cannot be committed every " + commitEvery);
        }
    }

    /** 256 MB a file, 8 MB waiting, committed twice a second. */
    public static RecordingSettings defaults() {
        return new RecordingSettings(256L << 20, 8L << 20, Duration.ofMillis(500));
    }

    /** The same with another cap of the file. */
    public RecordingSettings withMaxBytes(long bytes) {
        return new RecordingSettings(bytes, queueBytes, commitEvery);
    }
}
