package dev.headroom.proxy.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.proxy.net.EventLoop;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** One server of the kit and the proxy in front of it. */
final class KitStand implements AutoCloseable {
    private final Closeable server;
    private final InetSocketAddress address;
    private final EventLoop loop = EventLoop.start("kit loop");
    private final HttpProxy proxy;
    final RecordingSink sink = new RecordingSink();

    private KitStand(Closeable server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpProxySettings settings = HttpProxySettings.of(listen, () -> address);
        proxy = HttpProxy.start(loop, sink, settings.withDigester(ValueDigester.withRandomSalt()));
    }

    /** Starts the server of that name; skips the test, with the reason, where its tool is not installed. */
    static KitStand of(String name) throws Exception {
        if (name.equals("tomcat")) {
            KitTomcat tomcat = new KitTomcat();
            return new KitStand(tomcat, tomcat.address());
        }
        String tool = name.equals("waitress") ? "waitress-serve" : name;
        assumeTrue(KitServer.has(tool), () -> "skipped: " + tool + " is not installed");
        KitServer server = switch (name) {
            case "waitress" -> KitServer.start("waitress-serve", "--listen=127.0.0.1:{port}", "kit_app:application");
            case "gunicorn" ->
                KitServer.start("gunicorn", "--bind=127.0.0.1:{port}", "--threads=4", "kit_app:application");
            case "node" -> KitServer.start("node", "kit_app.js", "{port}");
            default -> throw new IllegalArgumentException("no such server in the kit: " + name);
        };
        return new KitStand(server, server.address());
    }

    String direct() {
        return "http://127.0.0.1:" + address.getPort();
    }

    String proxied() {
        return "http://127.0.0.1:" + proxy.port();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        loop.close();
        server.close();
        if (loop.failures() != 0) {
            throw new AssertionError(loop.failures() + " handlers of the proxy threw");
        }
    }
}
