package dev.headroom.server.page;

import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the Java processes told, together, as columns: of each bucket the moment with the most heap in use, and all
 * collections. Null where nothing was told.
 */
final class JvmAnswer {
    private static final int YOUNG = 0;
    private static final int OLD = 1;
    private static final int COMMITTED = 2;
    private static final int MAX = 3;
    private static final int METASPACE = 4;
    private static final int THREADS = 5;
    private static final int FIGURES = 6;

    private final long[] @Nullable [] highest;
    private final long[] collections;
    private final long[] pauseNanos;
    private final boolean[] told;
    private final Map<Long, JvmSample> before = new HashMap<>();
    private long @Nullable [] moment;
    private long momentNanos;
    private int momentBucket = -1;
    private long moments;

    JvmAnswer(int buckets) {
        highest = new long[buckets][];
        collections = new long[buckets];
        pauseNanos = new long[buckets];
        told = new boolean[buckets];
    }

    /** One more, in order of time. A bucket below zero is outside of what is asked for. */
    void add(JvmSample sample, int bucket) {
        if (!sample.known()) {
            return;
        }
        JvmSample last = before.put(sample.pid(), sample);
        if (bucket < 0) {
            endMoment();
            return;
        }
        told[bucket] = true;
        collections[bucket] += since(sample.collections(), last == null ? 0 : last.collections());
        pauseNanos[bucket] += since(sample.collectionNanos(), last == null ? 0 : last.collectionNanos());
        if (moment == null || sample.nanos() != momentNanos || bucket != momentBucket) {
            endMoment();
            moments++;
            moment = new long[FIGURES];
            Arrays.fill(moment, MemorySample.MISSING);
            momentNanos = sample.nanos();
            momentBucket = bucket;
        }
        plus(moment, YOUNG, sample.youngBytes());
        plus(moment, OLD, sample.oldBytes());
        plus(moment, COMMITTED, sample.committedBytes());
        plus(moment, MAX, sample.maxBytes());
        plus(moment, METASPACE, sample.metaspaceBytes());
        plus(moment, THREADS, sample.threads());
    }

    private static long since(long now, long before) {
        return Math.max(0, now - Math.max(0, before));
    }

    private static void plus(long[] sums, int figure, long more) {
        if (more >= 0) {
            sums[figure] = Math.max(0, sums[figure]) + more;
        }
    }

    private void endMoment() {
        long[] ended = moment;
        if (ended != null) {
            long[] most = highest[momentBucket];
            highest[momentBucket] = most == null || used(ended) >= used(most) ? ended : most;
        }
        moment = null;
    }

    private static long used(long[] figures) {
        return figures[YOUNG] < 0 && figures[OLD] < 0
                ? MemorySample.MISSING
                : Math.max(0, figures[YOUNG]) + Math.max(0, figures[OLD]);
    }

    Map<String, Object> columns() {
        endMoment();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("jvmSamples", moments);
        map.put("heapUsed", column(at -> figure(at, -1)));
        map.put("heapOld", column(at -> figure(at, OLD)));
        map.put("heapCommitted", column(at -> figure(at, COMMITTED)));
        map.put("heapMax", column(at -> figure(at, MAX)));
        map.put("metaspace", column(at -> figure(at, METASPACE)));
        map.put("jvmThreads", column(at -> figure(at, THREADS)));
        map.put("collections", column(at -> told[at] ? collections[at] : null));
        map.put("pauseMillis", column(at -> told[at] ? Math.round(pauseNanos[at] / 1e4) / 1e2 : null));
        return map;
    }

    private @Nullable Object figure(int bucket, int figure) {
        long[] figures = highest[bucket];
        long value = figures == null ? MemorySample.MISSING : figure < 0 ? used(figures) : figures[figure];
        return value < 0 ? null : value;
    }

    private List<@Nullable Object> column(IntFunction<@Nullable Object> value) {
        List<@Nullable Object> column = new ArrayList<>(highest.length);
        for (int i = 0; i < highest.length; i++) {
            column.add(value.apply(i));
        }
        return column;
    }
}
