package dev.headroom.core.trace;

import static dev.headroom.core.trace.MemorySample.MISSING;

/**
 * What one Java process of the app told of itself at one moment, without an agent: HotSpot's performance data. Figures
 * are as the JVM last wrote them; most collectors do so at each collection, so that what is used is what a collection
 * left. Missing figures are {@link MemorySample#MISSING}; all are, where the process tells nothing.
 *
 * @param nanos monotonic clock
 * @param pid the process's id, as Headroom sees it
 * @param youngBytes used in the young generation
 * @param oldBytes used in the old generation, or in the heap of a collector that has one generation only
 * @param committedBytes heap that is committed
 * @param maxBytes what the heap may grow to
 * @param metaspaceBytes used by metaspace, the compressed class space included
 * @param collections pauses for garbage collection since the process's start
 * @param collectionNanos time of those pauses
 * @param threads live platform threads
 */
public record JvmSample(
        long nanos,
        long pid,
        long youngBytes,
        long oldBytes,
        long committedBytes,
        long maxBytes,
        long metaspaceBytes,
        long collections,
        long collectionNanos,
        long threads) {
    /** A Java process that tells nothing: its performance data is switched off, or out of reach. */
    public static JvmSample unknown(long nanos, long pid) {
        return new JvmSample(nanos, pid, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING);
    }

    /** Whether it tells of its heap. */
    public boolean known() {
        return committedBytes >= 0;
    }

    /** Heap in use, of all generations; {@link MemorySample#MISSING} where it tells of none. */
    public long usedBytes() {
        return youngBytes < 0 && oldBytes < 0 ? MISSING : Math.max(0, youngBytes) + Math.max(0, oldBytes);
    }
}
