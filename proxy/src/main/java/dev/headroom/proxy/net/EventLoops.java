package dev.headroom.proxy.net;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** The event loops of one proxy, each with its own thread; what their buffers hold is bounded together. Thread-safe. */
public final class EventLoops implements AutoCloseable {
    /** More would compete with the app for its processors: one loop alone is seldom busy. */
    private static final int MOST = 2;

    private final List<EventLoop> loops;

    private EventLoops(List<EventLoop> loops) {
        this.loops = loops;
    }

    /** Starts {@code count} loops, at least one, on daemon threads named {@code name} and a number. */
    public static EventLoops start(String name, int count) {
        AtomicLong held = new AtomicLong();
        return new EventLoops(IntStream.rangeClosed(1, count)
                .mapToObj(number -> EventLoop.start(name + "-" + number, new BufferPool(held)))
                .toList());
    }

    /** As many as this machine has processors for, and at most {@value #MOST}. */
    public static EventLoops start(String name) {
        return start(name, Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }

    /** All of them, at least one. */
    public List<EventLoop> all() {
        return loops;
    }

    /** The one for what there is only one of. */
    public EventLoop first() {
        return loops.get(0);
    }

    /** Ends all of them and closes every channel registered with them. */
    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
