package dev.headroom.cli.scenario;

import dev.headroom.core.capture.Capture;
import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.check.Check;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Doctor;
import dev.headroom.core.check.DuplicateQueryCheck;
import dev.headroom.core.check.FailedQueryCheck;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.RepeatedQueryCheck;
import dev.headroom.core.check.RepeatedWriteCheck;
import dev.headroom.core.check.TransactionPerStatementCheck;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.PostgresProxy;
import dev.headroom.proxy.postgres.upstream.Credentials;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One request whose statements go through a proxy of its own to a real server. */
final class WiredRequest {
    /** What the request does. */
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    /** The checks that count; what those that time say depends on the machine. */
    private static final List<Check> COUNTING = List.of(
            new RepeatedQueryCheck(),
            new DuplicateQueryCheck(),
            new RepeatedWriteCheck(),
            new TransactionPerStatementCheck(),
            new FailedQueryCheck());

    private static final long MEMORY = 64L << 20;

    private WiredRequest() {}

    /** What the checks that count say about a request that does {@code work}. */
    static List<Finding> diagnose(int serverPort, String parameters, Work work) throws SQLException {
        Doctor doctor = new Doctor(COUNTING, CheckContext.DEFAULT);
        Upstream upstream = new Upstream(
                new Upstream.Host("127.0.0.1", serverPort),
                UpstreamTls.NONE,
                new Credentials("postgres", "postgres"),
                "postgres");
        RunInfo info = new RunInfo("a test", 0, System.nanoTime(), "0", Map.of());
        try (Capture capture = Capture.start(info, List.of(doctor), MEMORY);
                EventLoop loop = EventLoop.start("test-proxy");
                PostgresProxy proxy = PostgresProxy.start(loop, capture.sink(), ValueDigester.withRandomSalt())) {
            InetSocketAddress bound = (InetSocketAddress)
                    proxy.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), upstream);
            long start = System.nanoTime();
            capture.sink().offer(new CaptureEvent.RequestStarted(1, start, null));
            String url = "jdbc:postgresql://127.0.0.1:" + bound.getPort() + "/postgres?user=postgres&" + parameters;
            try (Connection connection = DriverManager.getConnection(url)) {
                work.on(connection);
            }
            long end = System.nanoTime();
            Request request = new Request(
                    1, "GET", "/", "/", 200, start, -1, start, end, end, end, 0, 0, 1, false, Outcome.COMPLETED);
            capture.sink().offer(new CaptureEvent.RequestFinished(request, ResponseValues.UNREAD));
        }
        return doctor.diagnosis().findings();
    }
}
