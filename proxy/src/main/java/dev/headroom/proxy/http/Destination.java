package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.route.RouteGrouper;
import dev.headroom.core.trace.Event;
import dev.headroom.proxy.http.values.ValueReading;
import dev.headroom.proxy.net.EventLoop;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where requests are passed on to, the app or our own page, and what is known of those that are on their way. Owned by
 * the loop's thread.
 */
final class Destination {
    final CaptureSink sink;
    final AppGate gate;
    final RouteGrouper routes = new RouteGrouper();

    /** Reads responses for their values; null where that is not wanted. */
    final @Nullable ValueReading values;

    /** The path that leads here; null where all others do. */
    final @Nullable PagePath path;

    /** Explains what it means where nothing was answered. */
    final SilentApp silence;

    private final AppLocation upstream;
    private long ids;
    private int inFlight;

    /** Whether it has ever accepted a connection. */
    boolean seen;

    private Destination(
            CaptureSink sink,
            AppGate gate,
            @Nullable ValueReading values,
            @Nullable PagePath path,
            SilentApp silence,
            AppLocation upstream) {
        this.sink = sink;
        this.gate = gate;
        this.values = values;
        this.path = path;
        this.silence = silence;
        this.upstream = upstream;
    }

    /** The app: what it is asked and answers is captured. */
    static Destination app(EventLoop loop, CaptureSink sink, HttpProxySettings settings) {
        ValueReading values = settings.digester() == null
                ? null
                : new ValueReading(
                        loop::execute,
                        settings.digester(),
                        sink.meter(),
                        text -> happened(sink, Event.Kind.RECORDING, 0, text));
        return new Destination(
                sink,
                new AppGate(settings.oneAtATime(), loop::execute),
                values,
                null,
                new SilentApp(loop::execute),
                settings.upstream());
    }

    /** Our own page: nothing of it is captured, and it never waits for the app's requests. */
    static Destination page(EventLoop loop, PagePath path) {
        Executor tasks = loop::execute;
        Destination page = new Destination(
                new Uncaptured(), new AppGate(false, tasks), null, path, new SilentApp(tasks), path::page);
        page.silence.answered(); // it speaks HTTP, as we know
        page.seen = true; // it is served before the proxy listens, so there is nothing to wait for
        return page;
    }

    /** Its address; null while that is not known. */
    @Nullable
    SocketAddress address() {
        return upstream.get();
    }

    /** The same, by what was seen at that time or later; null while nothing was. */
    @Nullable
    SocketAddress addressSince(long nanos) {
        return upstream.since(nanos);
    }

    long nextId() {
        return ++ids;
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
        happened(sink, kind, requestId, text);
    }

    private static void happened(CaptureSink sink, Event.Kind kind, long requestId, String text) {
        sink.offer(new CaptureEvent.Happened(new Event(System.nanoTime(), kind, requestId, text)));
    }
}
