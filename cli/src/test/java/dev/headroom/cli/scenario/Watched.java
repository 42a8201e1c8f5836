package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.headroom.core.capture.Capture;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.proxy.http.HttpProxy;
import dev.headroom.proxy.http.HttpProxySettings;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.EventLoops;
import dev.headroom.proxy.postgres.PostgresProxy;
import dev.headroom.proxy.postgres.upstream.Credentials;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A web app with a pool of connections, between both proxies, as {@code headroom run} would put them. */
final class Watched implements AutoCloseable {
    private static final long MEMORY = 24L << 20;

    final Traces traces = new Traces();
    final ValueDigester digester = ValueDigester.withRandomSalt();
    private final Capture capture;
    private final EventLoops databaseLoops = EventLoops.start("test-postgres", 2);
    private final EventLoop httpLoop = EventLoop.start("test-http");
    private final PostgresProxy database;
    private final HttpProxy http;
    private final HttpServer app;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final Connections connections;

    private Watched(int serverPort, @Nullable InetSocketAddress otherApp) throws IOException {
        RunInfo info = new RunInfo("a test", System.currentTimeMillis(), System.nanoTime(), "0", Map.of());
        capture = Capture.start(info, List.of(traces), MEMORY);
        capture.sink().follow(httpLoop::busySince);
        database = PostgresProxy.start(databaseLoops, capture.sink(), digester);
        InetSocketAddress bound = (InetSocketAddress) database.listen(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Upstream(
                        new Upstream.Host("127.0.0.1", serverPort),
                        UpstreamTls.NONE,
                        new Credentials("postgres", "postgres"),
                        "postgres"));
        connections = new Connections(bound.getPort());
        app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        app.setExecutor(threads);
        InetSocketAddress appAddress = otherApp == null ? app.getAddress() : otherApp;
        http = HttpProxy.start(
                httpLoop,
                capture.sink(),
                HttpProxySettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), () -> appAddress)
                        .withDigester(digester));
    }

    /** One whose requests are answered by {@code handler}, in a thread each. */
    static Watched serving(int serverPort, HttpHandler handler) throws IOException {
        Watched watched = new Watched(serverPort, null);
        watched.app.createContext("/", handler);
        watched.app.start();
        return watched;
    }

    /** One with an app that listens elsewhere. */
    static Watched inFrontOf(int serverPort, InetSocketAddress app) throws IOException {
        return new Watched(serverPort, app);
    }

    /** The port that clients see. */
    int port() {
        return http.port();
    }

    /** Once it returns, the database has told what it knows of its tables, and a connection waits in the pool. */
    void warmUp() throws SQLException {
        connections.giveBack("", connections.open(""));
        assertThat(traces.databaseKnown()).isTrue();
    }

    @Override
    public void close() throws SQLException {
        app.stop(0);
        threads.shutdownNow();
        connections.close();
        http.close();
        database.close();
        httpLoop.close();
        databaseLoops.close();
        capture.close();
    }
}
