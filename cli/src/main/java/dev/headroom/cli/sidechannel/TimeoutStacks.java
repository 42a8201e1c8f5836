package dev.headroom.cli.sidechannel;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Event;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A sink that, when a request passes its router's time limit, asks the app what its threads are doing, and states the
 * answer as one more event: places in code, no values. At most one question a second. Thread-safe.
 */
public final class TimeoutStacks implements CaptureSink {
    private static final long AT_MOST_EVERY_NANOS = 1_000_000_000L;
    private static final int LONGEST = 1_000;
    private static final int FRAMES = 5;

    private final CaptureSink sink;
    private final SideChannel channel;
    private final AtomicLong asked = new AtomicLong(System.nanoTime() - AT_MOST_EVERY_NANOS);

    /** Passes all on to {@code sink}. */
    public TimeoutStacks(CaptureSink sink, SideChannel channel) {
        this.sink = sink;
        this.channel = channel;
    }

    @Override
    public boolean offer(CaptureEvent event) {
        if (event instanceof CaptureEvent.Happened happened
                && happened.event().kind() == Event.Kind.ROUTER_TIMEOUT
                && isDue()) {
            long request = happened.event().requestId();
            for (CompletableFuture<String> answer : channel.snapshot().values()) {
                CompletableFuture<Void> unused = answer.thenAccept(stacks -> state(request, stacks));
            }
        }
        return sink.offer(event);
    }

    private boolean isDue() {
        long last = asked.get();
        long now = System.nanoTime();
        return now - last >= AT_MOST_EVERY_NANOS && asked.compareAndSet(last, now);
    }

    private void state(long request, String answer) {
        List<ThreadStacks> threads;
        try {
            threads = ThreadStacks.parse(answer);
        } catch (IOException e) {
            return; // an answer that is none: the time-out itself is stated anyway
        }
        if (threads.stream().anyMatch(thread -> thread.request() == request)) {
            String text = text(request, threads);
            sink.offer(new CaptureEvent.Happened(new Event(
                    System.nanoTime(),
                    Event.Kind.ROUTER_TIMEOUT,
                    request,
                    text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)));
        }
    }

    private static String text(long request, List<ThreadStacks> threads) {
        StringBuilder text = new StringBuilder("at that moment");
        Map<String, Integer> others = new LinkedHashMap<>();
        int idle = 0;
        for (ThreadStacks thread : threads) {
            if (thread.request() == request) {
                text.append(", ").append(thread.name()).append(" served it at ").append(own(thread));
            } else if (thread.request() == 0) {
                idle++;
            } else {
                others.merge(thread.place(), 1, Integer::sum);
            }
        }
        others.forEach((place, count) -> text.append("; ")
                .append(count)
                .append(count == 1 ? " other request" : " other requests")
                .append(" at ")
                .append(place));
        return text.append("; ").append(idle).append(" threads served none").toString();
    }

    /** The innermost frame and the app's own above it. */
    private static String own(ThreadStacks thread) {
        StringBuilder frames = new StringBuilder();
        int count = 0;
        for (String frame : thread.frames()) {
            if (count < FRAMES && (count == 0 || ThreadStacks.isOwn(frame))) {
                frames.append(count == 0 ? "" : " < ").append(frame);
                count++;
            }
        }
        return frames.isEmpty() ? "a place that can't be read" : frames.toString();
    }

    @Override
    public boolean overloaded() {
        return sink.overloaded();
    }

    @Override
    public CaptureMeter meter() {
        return sink.meter();
    }
}
