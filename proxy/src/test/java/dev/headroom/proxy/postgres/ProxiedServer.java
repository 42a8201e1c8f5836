package dev.headroom.proxy.postgres;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.EventLoops;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A proxy with two loops in front of a server, for one test. */
final class ProxiedServer implements AutoCloseable {
    final CollectingSink sink = new CollectingSink();
    final ValueDigester digester = ValueDigester.withRandomSalt();
    final EventLoops loops = EventLoops.start("test-proxy", 2);
    final PostgresProxy proxy;
    final int port;

    ProxiedServer(Upstream upstream) {
        this(upstream, false);
    }

    private ProxiedServer(Upstream upstream, boolean values) {
        proxy = PostgresProxy.start(loops, sink, digester, true, values);
        port = listen(upstream);
    }

    /** One that keeps values. */
    static ProxiedServer recordingValues(Upstream upstream) {
        return new ProxiedServer(upstream, true);
    }

    static ProxiedServer ofShared() {
        return new ProxiedServer(
                Upstream.plain("127.0.0.1", LoggingServer.shared().port()));
    }

    /** The loop that serves the app's first connection. */
    EventLoop firstLoop() {
        return loops.first();
    }

    /** How many handlers and tasks threw, on all loops, and how often reading along failed by a mistake of its own. */
    long failures() {
        return loops.all().stream().mapToLong(EventLoop::failures).sum()
                + sink.meter().mistakes();
    }

    int listen(Upstream upstream) {
        InetSocketAddress bound =
                (InetSocketAddress) proxy.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), upstream);
        return bound.getPort();
    }

    static Upstream shared(UpstreamTls tls) {
        return new Upstream(
                new Upstream.Host("localhost", LoggingServer.shared().port()), tls, null, null);
    }

    String url(String parameters) {
        return url(port, parameters);
    }

    static String url(int port, String parameters) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?"
                + (parameters.contains("user=") ? "" : "user=postgres&") + parameters;
    }

    Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection(url(parameters));
    }

    @Override
    public void close() {
        proxy.close();
        loops.close();
    }
}
