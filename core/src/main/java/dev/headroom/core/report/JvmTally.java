package dev.headroom.core.report;

import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up what Java processes told: peaks of what they used together. Bounded; used by one thread at a time. */
final class JvmTally {
    private static final int MOST_PROCESSES = 1_000;

    /** The latest of each process; those of one moment follow one another. */
    private final Map<Long, JvmSample> latest = new LinkedHashMap<>();

    private final Set<Long> silent = new HashSet<>();
    private final Set<Long> now = new HashSet<>();
    private long moment;
    private long used = MemorySample.MISSING;
    private long committed = MemorySample.MISSING;
    private long max = MemorySample.MISSING;
    private long metaspace = MemorySample.MISSING;
    private long threads = MemorySample.MISSING;

    void add(JvmSample sample) {
        if (!sample.known()) {
            if (!latest.containsKey(sample.pid()) && silent.size() < MOST_PROCESSES) {
                silent.add(sample.pid());
            }
            return;
        }
        if (sample.nanos() != moment) {
            moment = sample.nanos();
            now.clear();
        }
        if (latest.size() < MOST_PROCESSES || latest.containsKey(sample.pid())) {
            silent.remove(sample.pid());
            latest.put(sample.pid(), sample);
            now.add(sample.pid());
        }
        peaks();
    }

    private void peaks() {
        long usedNow = 0;
        long committedNow = 0;
        long maxNow = 0;
        long metaspaceNow = 0;
        long threadsNow = 0;
        for (long pid : now) {
            JvmSample each = latest.get(pid);
            if (each != null) {
                usedNow += Math.max(0, each.usedBytes());
                committedNow += Math.max(0, each.committedBytes());
                maxNow += Math.max(0, each.maxBytes());
                metaspaceNow += Math.max(0, each.metaspaceBytes());
                threadsNow += Math.max(0, each.threads());
            }
        }
        used = Math.max(used, orMissing(usedNow));
        committed = Math.max(committed, orMissing(committedNow));
        max = Math.max(max, orMissing(maxNow));
        metaspace = Math.max(metaspace, orMissing(metaspaceNow));
        threads = Math.max(threads, orMissing(threadsNow));
    }

    private static long orMissing(long sum) {
        return sum > 0 ? sum : MemorySample.MISSING;
    }

    /** What was told so far; null where no Java process was seen. */
    @Nullable
    JvmSummary summary() {
        if (latest.isEmpty() && silent.isEmpty()) {
            return null;
        }
        long collections = 0;
        long nanos = 0;
        for (JvmSample each : latest.values()) {
            collections += Math.max(0, each.collections());
            nanos += Math.max(0, each.collectionNanos());
        }
        return new JvmSummary(
                latest.size(), silent.size(), used, committed, max, metaspace, collections, nanos, threads);
    }
}
