package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.route.RouteGrouper;
import dev.headroom.core.trace.Event;
import dev.headroom.proxy.http.values.ValueReading;
import dev.headroom.proxy.net.BufferPool;
import dev.headroom.proxy.net.EventLoop;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the connections of one proxy share. Owned by the loop's thread. */
final class ProxyScope {
    /** Bytes read at once: large, so that large bodies take few system calls; one buffer serves all connections. */
    private static final int READ = 64 * 1024;

    final EventLoop loop;
    final HttpProxySettings settings;
    final CaptureSink sink;
    final BufferPool buffers;
    final RouteGrouper routes = new RouteGrouper();
    final AppGate gate;
    final MessageHead head = new MessageHead();

    /** Reads responses for their values; null where that is not wanted. */
    final @Nullable ValueReading values;

    /** What a channel is read into; empty again before the next channel's turn. */
    final ByteBuffer in = ByteBuffer.allocateDirect(READ);

    /** What a request's head and the beginning of its body are put together in. */
    final ByteBuffer out = ByteBuffer.allocateDirect(2 * MessageHead.LIMIT + READ);

    private final AtomicLong ids = new AtomicLong();
    private int inFlight;

    /** Whether the app has ever accepted a connection. */
    boolean appSeen;

    ProxyScope(EventLoop loop, CaptureSink sink, HttpProxySettings settings) {
        this.loop = loop;
        this.sink = sink;
        this.settings = settings;
        buffers = loop.buffers();
        gate = new AppGate(settings.oneAtATime(), loop::execute);
        values = settings.digester() == null ? null : new ValueReading(loop::execute, settings.digester());
    }

    long nextId() {
        return ids.incrementAndGet();
    }

    /** One more request is in flight; how many there are now. */
    int arrived() {
        return ++inFlight;
    }

    /** One request less is in flight. */
    void departed() {
        inFlight--;
    }

    /** How many requests are in flight. */
    int inFlight() {
        return inFlight;
    }

    void happened(Event.Kind kind, long requestId, String text) {
        sink.offer(new CaptureEvent.Happened(new Event(System.nanoTime(), kind, requestId, text)));
    }
}
