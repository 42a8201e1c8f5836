package dev.headroom.proxy.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * One selector and the thread that serves it. Handlers run on that thread only and must never block. A handler that
 * throws loses its own channel and nothing else; what it threw is counted and passed to its own {@link Handler#failed}.
 */
public final class EventLoop implements AutoCloseable {
    /** A timer that is due later than so long after a turn's begin is not looked at in it. */
    private static final long SOON_NANOS = 5_000_000;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final BufferPool buffers;
    private final LongAdder failures = new LongAdder();
    private final Consumer<SelectionKey> handle = this::handle;
    private volatile boolean closing;
    private volatile long busySince = Long.MAX_VALUE;
    private boolean busy;
    private long timerSequence;

    /** When timers were last looked at; just before the loop waits, but for what they ran. */
    private long timersRunNanos;

    private EventLoop(String name, BufferPool buffers) {
        this.buffers = buffers;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector could be opened", e);
        }
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts a loop on a daemon thread of that name. */
    public static EventLoop start(String name) {
        return start(name, new BufferPool());
    }

    static EventLoop start(String name, BufferPool buffers) {
        EventLoop loop = new EventLoop(name, buffers);
        loop.thread.start();
        return loop;
    }

    /** What a channel's readiness is handed to. */
    public interface Handler {
        /** The channel is ready for some of the operations that it was registered for. */
        void ready(SelectionKey key) throws IOException;

        /** {@link #ready} threw: close what belongs to this channel. Must not throw. */
        void failed(Throwable cause);
    }

    /** A task to be run once, later, on the loop's thread. Owned by that thread. */
    public static final class Timer implements Comparable<Timer> {
        private final long dueNanos;
        private final long sequence;
        private final Runnable task;
        private boolean cancelled;

        private Timer(long dueNanos, long sequence, Runnable task) {
            this.dueNanos = dueNanos;
            this.sequence = sequence;
            this.task = task;
        }

        /** The task won't be run. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(dueNanos - other.dueNanos, 0);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** Registers a non-blocking channel. On the loop's thread only. */
    public SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        return channel.register(selector, operations, handler);
    }

    /** Runs {@code task} on the loop's thread, soon. From any thread. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inLoop()) {
            selector.wakeup();
        }
    }

    /** Runs {@code task} after {@code delayNanos}. On the loop's thread only. */
    public Timer schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delayNanos, timerSequence++, task);
        timers.add(timer);
        return timer;
    }

    /** The loop's buffers. On the loop's thread only. */
    public BufferPool buffers() {
        return buffers;
    }

    /** Whether the caller is the loop's thread. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Since when, on the monotonic clock, the loop has been busy with what it found ready; {@link Long#MAX_VALUE} while
     * it waits. Handlers read the clock after that time, so what they have not stated yet is no older. From any thread.
     */
    public long busySince() {
        return busySince;
    }

    /** How many handlers and tasks threw. */
    public long failures() {
        return failures.sum();
    }

    /**
     * Ends the loop, runs what it was told to execute until then, and closes every channel registered with it. Waits for
     * the thread unless called on it.
     */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (!inLoop()) {
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        SocketCalls.available(); // found out before there is traffic that would wait for it
        try {
            while (!closing) {
                select();
                begin();
                runTasks();
                runTimers();
                busy = false;
                busySince = Long.MAX_VALUE;
            }
        } catch (IOException | ClosedSelectorException e) {
            failures.increment();
        } finally {
            // a channel that another thread handed over just now is to be closed with the others
            runTasks();
            busySince = Long.MAX_VALUE;
            closeAll();
        }
    }

    private void begin() {
        if (!busy) {
            busy = true;
            busySince = System.nanoTime();
        }
    }

    private void select() throws IOException {
        if (!tasks.isEmpty()) {
            selector.selectNow(handle);
            return;
        }
        Timer next = timers.peek();
        if (next == null) {
            selector.select(handle);
            return;
        }
        long millis = (next.dueNanos - timersRunNanos + 999_999) / 1_000_000;
        if (millis <= 0) {
            selector.selectNow(handle);
        } else {
            selector.select(handle, millis);
        }
    }

    private void handle(SelectionKey key) {
        begin();
        Handler handler = (Handler) key.attachment();
        try {
            if (key.isValid()) {
                handler.ready(key);
            }
        } catch (IOException e) {
            fail(key, handler, e);
        } catch (RuntimeException | Error e) {
            failures.increment();
            fail(key, handler, e);
        }
    }

    /** A handler that breaks its promise not to throw must not end the loop, and with it everybody's traffic. */
    private void fail(SelectionKey key, Handler handler, Throwable cause) {
        try {
            handler.failed(cause);
        } catch (RuntimeException | Error e) {
            failures.increment();
            close(key.channel());
        }
    }

    private void runTasks() {
        // only those that are queued now, so that a task which queues another can't starve the channels
        for (int pending = tasks.size(); pending > 0; pending--) {
            Runnable task = tasks.poll();
            if (task != null) {
                guarded(task);
            }
        }
    }

    private void runTimers() {
        Timer next = timers.peek();
        if (next == null) {
            return;
        }
        if (next.dueNanos - busySince > SOON_NANOS) {
            timersRunNanos = busySince; // the clock was read when this turn began, which is near enough
            return;
        }
        timersRunNanos = System.nanoTime();
        for (Timer timer = timers.peek();
                timer != null && timer.dueNanos - timersRunNanos <= 0;
                timer = timers.peek()) {
            timers.poll();
            if (!timer.cancelled) {
                guarded(timer.task);
            }
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            failures.increment();
        }
    }

    private void close(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            failures.increment();
        }
    }

    private void closeAll() {
        List<SelectionKey> keys = new ArrayList<>(selector.keys());
        for (SelectionKey key : keys) {
            close(key.channel());
        }
        try {
            selector.close();
        } catch (IOException e) {
            failures.increment();
        }
    }
}
