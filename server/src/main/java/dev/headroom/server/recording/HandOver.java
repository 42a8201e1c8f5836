package dev.headroom.server.recording;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue between two threads that is bounded by weight, not by number: what is far from full takes anything, also one
 * element heavier than the bound. Thread-safe.
 */
final class HandOver<T> {
    private record Entry<T>(T value, long weight) {}

    private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long capacity;
    private long weight;
    private boolean closed;

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
                left = changed.awaitNanos(left);
            }
            if (closed) {
                return false;
            }
            entries.add(new Entry<>(value, valueWeight));
            weight += valueWeight;
            changed.signalAll();
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
        lock.lock();
        try {
            long left = waitNanos;
            while (entries.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            Entry<T> next = entries.poll();
            if (next == null) {
                return null;
            }
            weight -= next.weight;
            changed.signalAll();
            return next.value;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more; what is inside can still be polled. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean finished() {
        lock.lock();
        try {
            return closed && entries.isEmpty();
        } finally {
            lock.unlock();
        }
    }
}
