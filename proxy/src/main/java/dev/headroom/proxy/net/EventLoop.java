package dev.headroom.proxy.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One selector and the thread that serves it. Handlers run on that thread only and must never block. A handler that
 * throws loses its own channel and nothing else; what it threw is counted and passed to its own {@link Handler#failed}.
 */
public final class EventLoop implements AutoCloseable {
    /**
     * What wakes loops for their timers. A loop that waits for a time itself reads the clock twice and sets the system's
     * timer at each wait, of which there are two a statement.
     */
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    /** How late what is executed late is at most. */
    private static final long LATE_NANOS = 5_000_000;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<Runnable> late = new ArrayList<>();
    private final BufferPool buffers;
    private final LongAdder failures = new LongAdder();
    private final Consumer<SelectionKey> handle = this::handle;
    private volatile boolean closing;
    private volatile long busySince = Long.MAX_VALUE;
    private boolean busy;
    private long lateSince;

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

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "headroom-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        return clock;
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
    public static final class Timer {
        private final Runnable task;
        private @Nullable Future<?> due;
        private boolean cancelled;

        private Timer(Runnable task) {
            this.task = task;
        }

        private void run() {
            if (!cancelled) {
                task.run();
            }
        }

        /** The task won't be run. */
        public void cancel() {
            cancelled = true;
            Future<?> later = due;
            if (later != null) {
                later.cancel(false);
            }
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

    /**
     * Runs {@code task} some milliseconds from now, or sooner where the loop is woken for no channel, unless it is cancelled
     * before: for what waits for something that is about to come. Costs less than a timer. On the loop's thread only.
     */
    public void executeLate(Runnable task) {
        if (late.isEmpty()) {
            lateSince = System.nanoTime();
        }
        late.add(task);
    }

    /** {@code task} won't be run late. On the loop's thread only. */
    public void cancelLate(Runnable task) {
        late.remove(task);
    }

    /** Runs {@code task} after {@code delayNanos}. On the loop's thread only. */
    public Timer schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(task);
        timer.due = CLOCK.schedule(() -> execute(timer::run), delayNanos, TimeUnit.NANOSECONDS);
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
        if (!late.isEmpty()) {
            long left = LATE_NANOS - (System.nanoTime() - lateSince);
            boolean waits = left > 0 && tasks.isEmpty();
            int ready = waits ? selector.select(handle, (left + 999_999) / 1_000_000) : selector.selectNow(handle);
            if (ready == 0 || left <= 0) {
                runLate();
            }
        } else if (tasks.isEmpty()) {
            selector.select(handle);
        } else {
            selector.selectNow(handle);
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

    private void runLate() {
        begin();
        List<Runnable> due = List.copyOf(late);
        late.clear();
        due.forEach(this::guarded);
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
