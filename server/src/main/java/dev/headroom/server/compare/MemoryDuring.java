package dev.headroom.server.compare;

import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the app's process tree (or its Java heaps) held while requests of a route were in flight: the samples in their time. Says what was
 * held then, not that the route is why. Not thread-safe.
 */
public final class MemoryDuring {
    private long[] nanos = new long[256];
    private long[] bytes = new long[256];
    private int size;

    /** One more sample, in order of time; beyond 100,000 they are left out. */
    public void add(MemorySample sample) {
        add(sample.nanos(), used(sample));
    }

    /** One more Java process's heap in use; those of one moment are added up. */
    public void add(JvmSample sample) {
        if (sample.usedBytes() >= 0 && size > 0 && nanos[size - 1] == sample.nanos()) {
            bytes[size - 1] += sample.usedBytes();
        } else {
            add(sample.nanos(), sample.usedBytes());
        }
    }

    private void add(long moment, long used) {
        if (used < 0 || size >= 100_000 || size > 0 && moment < nanos[size - 1]) {
            return;
        }
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        nanos[size] = moment;
        bytes[size++] = used;
    }

    /** Whether nothing was told. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The tree's memory: shared pages in part where the system tells it, else in full; negative where unknown. */
    private static long used(MemorySample sample) {
        return sample.proportionalBytes() >= 0 ? sample.proportionalBytes() : sample.residentBytes();
    }

    /** Marks the samples from {@code start} to {@code end}, monotonic clock. */
    public void mark(BitSet marked, long start, long end) {
        int from = lowest(start);
        int to = lowest(end + 1);
        if (from < to) {
            marked.set(from, to);
        }
    }

    /** Bytes of the marked samples. */
    public long[] bytes(BitSet marked) {
        return marked.stream().mapToLong(at -> bytes[at]).toArray();
    }

    private int lowest(long moment) {
        int found = Arrays.binarySearch(nanos, 0, size, moment);
        while (found > 0 && nanos[found - 1] == moment) {
            found--;
        }
        return found < 0 ? -found - 1 : found;
    }
}
