package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureSink;
import dev.headroom.proxy.net.BufferPool;
import dev.headroom.proxy.net.EventLoop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the connections of one proxy share. Owned by the loop's thread. */
final class ProxyScope {
    /** Bytes read at once: large, so that large bodies take few system calls; one buffer serves all connections. */
    private static final int READ = 64 * 1024;

    final EventLoop loop;
    final HttpProxySettings settings;
    final BufferPool buffers;
    final MessageHead head = new MessageHead();

    final RepeatedText<Target> targets = new RepeatedText<>(256, Target::new);
    final RepeatedText<MediaType> mediaTypes = new RepeatedText<>(16, MediaType::of);

    /** Where nearly all requests go. */
    final Destination app;

    private final @Nullable Destination page;

    /** What a channel is read into; empty again before the next channel's turn. */
    final ByteBuffer in = ByteBuffer.allocateDirect(READ);

    /** What a request's head and the beginning of its body are put together in. */
    final ByteBuffer out = ByteBuffer.allocateDirect(2 * MessageHead.LIMIT + READ);

    final long halfCloseNanos;
    final long unnotedWorkNanos;

    ProxyScope(EventLoop loop, CaptureSink sink, HttpProxySettings settings) {
        this.loop = loop;
        this.settings = settings;
        buffers = loop.buffers();
        app = Destination.app(loop, sink, settings);
        page = settings.page() == null ? null : Destination.page(loop, settings.page());
        halfCloseNanos = settings.limit(TimeLimit.HALF_CLOSE).toNanos();
        unnotedWorkNanos = settings.limit(TimeLimit.UNNOTED_WORK).toNanos();
    }

    /** Where a request for {@code target} goes. */
    Destination destination(String target) {
        Destination own = page;
        return own != null && own.path != null && own.path.below(target) != null ? own : app;
    }
}
