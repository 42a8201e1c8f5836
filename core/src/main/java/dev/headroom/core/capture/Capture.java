package dev.headroom.core.capture;

import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The capture of one run: takes facts from any thread through {@link #sink}, and hands whole traces to its sinks on
 * one thread of its own. A sink that throws is left out from then on, and its failure is kept for the report; the
 * others go on. {@link #close} hands on everything that was captured until then.
 */
public final class Capture implements AutoCloseable {
    private static final int BATCH = 2_048;

    /** After so many events whoever else is ready gets the processor: the proxies must not stand still for a batch. */
    private static final int YIELD_AFTER = 128;

    /** The pause between batches: a batch is the cheaper by event the larger it is. */
    private static final long PAUSE_NANOS = 10_000_000L;

    /** The longest pause, to which it grows while nothing comes: an app that rests shall not be kept awake by us. */
    private static final long LONGEST_PAUSE_NANOS = 40_000_000L;

    private static final long COUNTERS_NANOS = 1_000_000_000L;

    private final CaptureQueue queue;
    private final FanOut sinks;
    private final RequestAssembler assembler;
    private final Thread thread;
    private volatile @Nullable String failed;
    private volatile boolean closing;
    private long latestNanos;
    private long accepted;

    private Capture(List<TraceSink> sinks, long memoryBytes) {
        this.queue = new CaptureQueue(memoryBytes / 3);
        this.sinks = new FanOut(sinks);
        this.assembler = new RequestAssembler(this.sinks, queue.meter(), memoryBytes / 3);
        this.thread = new Thread(this::run, "headroom-capture");
        this.thread.setDaemon(true);
    }

    /**
     * Starts capturing.
     *
     * @param info what is run; the first that every sink is told
     * @param sinks what takes the traces; each is called by one thread only
     * @param memoryBytes what may wait or be in the making, as an estimate
     */
    public static Capture start(RunInfo info, List<TraceSink> sinks, long memoryBytes) {
        Capture capture = new Capture(sinks, memoryBytes);
        capture.sinks.run(info);
        capture.thread.start();
        return capture;
    }

    /** Where the proxies and instrumentation state their facts. */
    public CaptureSink sink() {
        return queue;
    }

    /** What the sinks threw, as lines for the report. */
    public List<String> failures() {
        List<String> all = new ArrayList<>(sinks.failures());
        String own = failed;
        if (own != null) {
            all.add(own);
        }
        return all;
    }

    /** Hands on all that was captured and ends. Requests that are still in flight are not recorded. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
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

    private void run() {
        try {
            assemble();
        } catch (RuntimeException | Error e) {
            failed = "capture failed (" + e.getClass().getSimpleName() + "): what came after that is not recorded";
            countLost();
        }
        sinks.counters(queue.meter().counters());
    }

    private void assemble() {
        long countersDue = System.nanoTime();
        long pause = PAUSE_NANOS;
        while (!closing) {
            int taken = turn();
            long now = System.nanoTime();
            if (now - countersDue >= 0) {
                sinks.counters(queue.meter().counters());
                countersDue = now + COUNTERS_NANOS;
            }
            if (taken < BATCH) {
                pause = taken > 0 ? PAUSE_NANOS : Math.min(LONGEST_PAUSE_NANOS, 2 * pause);
                LockSupport.parkNanos(this, pause);
            }
        }
        while (turn() > 0) {
            // what was offered until now is handed on as well
        }
        assembler.finish();
    }

    /** Nothing can be assembled any more: until the end, what comes is counted as lost. */
    private void countLost() {
        boolean more = true;
        while (more) {
            more = !closing;
            while (queue.drain(BATCH, queue::countLost) > 0) {
                // all that waits
            }
            if (more) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
            }
        }
    }

    /** Takes a batch and decides what it allows; returns how many events there were. */
    private int turn() {
        // asked before the queue is read, so that what was stated until then is in it
        long before = queue.statedUpTo(System.nanoTime());
        latestNanos = 0;
        int taken = queue.drain(BATCH, this::take);
        if (queue.takeRequestLost()) {
            assembler.requestLost(before);
        }
        // while more waits, time is no further than what has been read, or a request would be missed
        long horizon = taken < BATCH || latestNanos - before > 0 ? before : latestNanos;
        if (horizon != 0) {
            assembler.advance(horizon, taken < BATCH && queue.followsSources());
        }
        return taken;
    }

    @SuppressWarnings("ThreadPriorityCheck") // only who waits for the processor depends on it, not what is assembled
    private void take(CaptureEvent event) {
        long stated = event.statedNanos();
        if (stated != 0 && (latestNanos == 0 || stated - latestNanos > 0)) {
            latestNanos = stated;
        }
        assembler.accept(event);
        if (++accepted % YIELD_AFTER == 0) {
            Thread.yield();
        }
    }
}
