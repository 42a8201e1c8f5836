package dev.headroom.core.report;

/**
 * The Java processes of a run; {@link dev.headroom.core.trace.MemorySample#MISSING} where unknown.
 *
 * @param processes Java processes that told of themselves
 * @param silent Java processes that told nothing
 * @param usedBytes peak of the heap in use, of all of them together
 * @param committedBytes peak of the heap committed
 * @param maxBytes what their heaps may grow to, at most at one time
 * @param metaspaceBytes peak of metaspace
 * @param collections pauses for garbage collection
 * @param collectionNanos time of those pauses
 * @param threads most live platform threads
 */
public record JvmSummary(
        int processes,
        int silent,
        long usedBytes,
        long committedBytes,
        long maxBytes,
        long metaspaceBytes,
        long collections,
        long collectionNanos,
        long threads) {}
