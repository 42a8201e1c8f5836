package dev.headroom.core.capture;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bounded way from the threads that capture to the one that assembles. Bounded by the estimated bytes of what
 * waits: past half of the limit detail should be shed, past the limit queries are dropped, past twice the limit
 * everything is. What is dropped is counted. Many producers, one consumer; producers never wait and never wake the
 * consumer, which looks by itself.
 */
final class CaptureQueue implements CaptureSink {
    private static final long EVENT_BYTES = 160;
    private static final long QUERY_BYTES = 320;
    private static final long COLUMN_BYTES = 96;
    private static final int COUNTED_TOGETHER = 64;

    /** For so long at most is a source waited for: one that hangs must not keep all from being told. */
    private static final long LONGEST_WAIT_NANOS = 5_000_000_000L;

    private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();
    private final Queue<CaptureEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final CaptureMeter meter = new CaptureMeter();
    private final long limitBytes;
    private volatile boolean requestLost;

    CaptureQueue(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    @Override
    public boolean offer(CaptureEvent event) {
        boolean detail = event instanceof CaptureEvent.QueryFinished || event instanceof CaptureEvent.InstrumentedCall;
        if (waitingBytes.get() > (detail ? limitBytes : 2 * limitBytes)) {
            countLost(event);
            return false;
        }
        waitingBytes.addAndGet(bytes(event));
        if (event instanceof CaptureEvent.RequestStarted started) {
            started.waits();
        }
        return waiting.add(event);
    }

    @Override
    public boolean overloaded() {
        return waitingBytes.get() > limitBytes / 2;
    }

    @Override
    public CaptureMeter meter() {
        return meter;
    }

    @Override
    public void follow(LongSupplier statedUpTo) {
        sources.add(statedUpTo);
    }

    /** Whether what states facts is followed, so that {@link #statedUpTo} tells more than the time. */
    boolean followsSources() {
        return !sources.isEmpty();
    }

    /** The time up to which all sources have stated what they saw: {@code now}, or earlier while one is busy. */
    long statedUpTo(long now) {
        long earliest = now;
        for (LongSupplier source : sources) {
            long stated = source.getAsLong();
            if (stated != Long.MAX_VALUE && stated - earliest < 0) {
                earliest = stated;
            }
        }
        return now - earliest > LONGEST_WAIT_NANOS ? now - LONGEST_WAIT_NANOS : earliest;
    }

    /** Hands over what waits, oldest first, and at most {@code most} events; returns how many. One consumer only. */
    int drain(int most, Consumer<CaptureEvent> consumer) {
        int count = 0;
        long taken = 0;
        try {
            for (CaptureEvent event = next(most, count); event != null; event = next(most, count)) {
                taken += bytes(event);
                consumer.accept(event);
                // not for each event: producers count there, too
                if (++count % COUNTED_TOGETHER == 0) {
                    waitingBytes.addAndGet(-taken);
                    taken = 0;
                }
            }
        } finally {
            waitingBytes.addAndGet(-taken);
        }
        return count;
    }

    private @Nullable CaptureEvent next(int most, int count) {
        return count < most ? waiting.poll() : null;
    }

    /** Whether a request's start or end was lost since this was last asked. */
    boolean takeRequestLost() {
        boolean lost = requestLost;
        if (lost) {
            requestLost = false;
        }
        return lost;
    }

    /** Counts an event that will not be recorded. */
    void countLost(CaptureEvent event) {
        if (event instanceof CaptureEvent.QueryFinished) {
            meter.droppedQuery();
        } else if (event instanceof CaptureEvent.RequestFinished) {
            meter.droppedRequest();
            requestLost = true;
        } else if (event instanceof CaptureEvent.RequestStarted started) {
            if (started.takeEnd() != null) {
                meter.droppedRequest();
            }
            requestLost = true;
        }
    }

    /** An estimate of what {@code event} keeps alive, the same whenever it is asked. */
    static long bytes(CaptureEvent event) {
        if (event instanceof CaptureEvent.QueryFinished finished) {
            return finished.bytes();
        }
        if (event instanceof CaptureEvent.RequestFinished finished) {
            return EVENT_BYTES + 8L * finished.response().digests().size();
        }
        if (event instanceof CaptureEvent.RequestStarted) {
            return 2 * EVENT_BYTES; // with its end
        }
        if (event instanceof CaptureEvent.DatabaseDescribed described) {
            return EVENT_BYTES * (1 + described.facts().size());
        }
        if (event instanceof CaptureEvent.OrmDescribed described) {
            return EVENT_BYTES * (1 + described.facts().size());
        }
        if (event instanceof CaptureEvent.ValuesSampled sampled) {
            return EVENT_BYTES + sampled.sample().weight();
        }
        return EVENT_BYTES;
    }

    /** An estimate of what {@code query} keeps alive. */
    static long bytes(Query query) {
        long bytes = bytesWithoutColumns(query);
        // by index: an iterator for every query is garbage that the proxies' threads would be stopped for
        List<ResultColumn> columns = query.columns();
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            bytes +=
                    COLUMN_BYTES + 8L * (column.values().size() + column.words().size());
        }
        return bytes;
    }

    /** The same without its columns. */
    static long bytesWithoutColumns(Query query) {
        return QUERY_BYTES + 8L * query.values().size();
    }
}
