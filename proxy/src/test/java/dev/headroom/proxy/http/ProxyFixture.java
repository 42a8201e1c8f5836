package dev.headroom.proxy.http;

import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.UnaryOperator;

/** A proxy in front of a {@link ScriptedApp}, with all that it states. Its end asserts that nothing of ours threw. */
final class ProxyFixture implements AutoCloseable {
    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    final ScriptedApp app;
    final RecordingSink sink = new RecordingSink();
    final EventLoop loop = EventLoop.start("test loop");
    final HttpProxy proxy;

    ProxyFixture(ScriptedApp app) {
        this(app, settings -> settings);
    }

    ProxyFixture(ScriptedApp app, UnaryOperator<HttpProxySettings> change) {
        this.app = app;
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        proxy = HttpProxy.start(loop, sink, change.apply(HttpProxySettings.of(listen, app::address)));
    }

    RawClient client() throws IOException {
        return new RawClient(proxy.port());
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        loop.close();
        app.close();
        if (loop.failures() != 0) {
            throw new AssertionError(loop.failures() + " handlers of the proxy threw");
        }
    }
}
