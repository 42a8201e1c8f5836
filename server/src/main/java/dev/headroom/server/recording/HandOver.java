package dev.headroom.server.recording;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue between two threads that is bounded by weight, not by number: what is far from full takes anything, also one
 * element heavier than the bound. The taking thread takes several at a time, so that the two seldom meet at the lock.
 * Thread-safe, for one that takes.
 */
final class HandOver<T> {
    private static final int TOGETHER = 64;

    private record Entry<T>(T value, long weight) {}

    private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final long capacity;
    private long weight;
    private boolean closed;

    /** What was taken and not polled yet; its weight still counts. Owned by the thread that takes. */
    private final ArrayDeque<Entry<T>> taken = new ArrayDeque<>(TOGETHER);

    private long polledWeight;

    HandOver(long capacity) {
        this.capacity = capacity;
    }

    /** Adds {@code value} as soon as there is room, waiting at most {@code waitMillis}; false where there was none. */
    boolean offer(T value, long valueWeight, long waitMillis) {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            while (!closed && weight > 0 && weight + valueWeight > capacity) {
                if (left <= 0) {
                    return false;
                }
                left = room.awaitNanos(left);
            }
            if (closed) {
                return false;
            }
            entries.add(new Entry<>(value, valueWeight));
            weight += valueWeight;
            filled.signal();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** The next element; null where none came within {@code waitNanos}, or none will come any more. */
    @Nullable
    T poll(long waitNanos) throws InterruptedException {
        if (taken.isEmpty()) {
            take(waitNanos);
        }
        Entry<T> next = taken.poll();
        if (next == null) {
            return null;
        }
        polledWeight += next.weight;
        return next.value;
    }

    private void take(long waitNanos) throws InterruptedException {
        lock.lock();
        try {
            weight -= polledWeight;
            polledWeight = 0;
            room.signalAll();
            long left = waitNanos;
            while (entries.isEmpty() && !closed && left > 0) {
                left = filled.awaitNanos(left);
            }
            for (Entry<T> next = entries.poll(); next != null; next = entries.poll()) {
                taken.add(next);
                if (taken.size() == TOGETHER) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is inside can still be polled. */
    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is closed and nothing is left to be polled. For the thread that takes. */
    boolean finished() {
        lock.lock();
        try {
            return closed && entries.isEmpty() && taken.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
