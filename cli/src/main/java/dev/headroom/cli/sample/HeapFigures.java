package dev.headroom.cli.sample;

import dev.headroom.core.trace.JvmSample;

/**
 * Makes a sample of what a JVM tells by the names of its collectors' counters. Tried with Serial, Parallel, G1, ZGC and
 * Shenandoah of JDK 17 and 25.
 */
final class HeapFigures {
    private static final int GENERATIONS = 2;
    private static final int SPACES = 3;
    private static final int COLLECTORS = 3;
    private static final long LARGEST = 1L << 50;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PerformanceData data;

    private HeapFigures(PerformanceData data) {
        this.data = data;
    }

    static JvmSample of(PerformanceData data, long nanos, long pid) {
        return new HeapFigures(data).sample(nanos, pid);
    }

    private JvmSample sample(long nanos, long pid) {
        long collections = 0;
        long ticks = 0;
        for (int i = 0; i < COLLECTORS; i++) {
            collections += Math.max(0, data.number("sun.gc.collector." + i + ".invocations"));
            ticks += Math.max(0, data.number("sun.gc.collector." + i + ".time"));
        }
        long frequency = data.number("sun.os.hrt.frequency");
        long young = used(0);
        long old = used(1);
        // Before their first collection some collectors have written nothing yet: that is no empty heap.
        boolean told = young > 0 || old > 0 || collections > 0;
        return new JvmSample(
                nanos,
                pid,
                told ? young : -1,
                told ? old : -1,
                sane(Math.max(0, capacity(0)) + Math.max(0, capacity(1))),
                most(),
                sane(data.number("sun.gc.metaspace.used")),
                collections,
                frequency <= 0 ? -1 : (long) (ticks * (NANOS_PER_SECOND / frequency)),
                sane(data.number("java.threads.live")));
    }

    private long used(int generation) {
        long sum = 0;
        boolean any = false;
        for (int i = 0; i < SPACES; i++) {
            long used = data.number("sun.gc.generation." + generation + ".space." + i + ".used");
            any |= used >= 0;
            sum += Math.max(0, used);
        }
        return any && sum < LARGEST ? sum : -1;
    }

    private long capacity(int generation) {
        return data.number("sun.gc.generation." + generation + ".capacity");
    }

    /** Serial and Parallel divide the heap between generations; with the others each may take all of it. */
    private long most() {
        String policy = data.text("sun.gc.policy.name");
        boolean divided = policy.startsWith("Copy") || policy.startsWith("ParScav");
        long most = 0;
        for (int i = 0; i < GENERATIONS; i++) {
            long each = Math.max(0, data.number("sun.gc.generation." + i + ".maxCapacity"));
            most = divided ? most + each : Math.max(most, each);
        }
        return sane(most);
    }

    /** No JVM has none of it, and none has that much. */
    private static long sane(long figure) {
        return figure <= 0 || figure >= LARGEST ? -1 : figure;
    }
}
