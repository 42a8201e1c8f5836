package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Query;
import dev.headroom.proxy.net.HeldPort;
import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobustnessTest {
    private static final String ENDLESS = "select repeat('x', 1000), generate_series(1, 2000000000)";

    private final ProxiedServer server = ProxiedServer.ofShared();

    @AfterEach
    void stop() throws SQLException {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 'alive'")) {
            assertThat(row.next()).isTrue();
        }
        assertThat(server.failures()).isZero();
        server.close();
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        try (HeldPort nobody = HeldPort.any();
                RawApp app = new RawApp(server.listen(Upstream.plain("127.0.0.1", nobody.number)))) {
            app.out.write(ByteBuffer.allocate(9).putInt(9).putInt(3 << 16).array());
            assertThat(app.readError())
                    .contains(
                            "57P03", "no connection to the PostgreSQL server at 127.0.0.1:" + nobody.number, "refused");
        }
        assertThat(server.sink.happened()).extracting(Event::kind).containsExactly(Event.Kind.DATABASE_UNREACHABLE);
        int unknown = server.listen(Upstream.plain("no-such-host.invalid", 5432));
        assertThatThrownBy(() -> java.sql.DriverManager.getConnection(ProxiedServer.url(unknown, "")))
                .hasMessageContaining("its name is not known");
    }

    @Test
    void anotherProtocolIsToldSo() throws Exception {
        try (RawApp app = new RawApp(server.port)) {
            app.out.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(app.readError()).contains("does something else than a PostgreSQL client connect");
        }
    }

    @Test
    void aPacketOfNoLengthIsRefused() throws Exception {
        try (RawApp app = new RawApp(server.port)) {
            app.out.write(new byte[8]);
            assertThat(app.readError()).contains("does something else than a PostgreSQL client connect");
        }
    }

    @Test
    void plainTextBehindAnSslRequestIsRefused() throws Exception {
        try (RawApp app = new RawApp(server.port)) {
            app.out.write(ByteBuffer.allocate(16)
                    .putInt(8)
                    .putInt(StartupPacket.SSL)
                    .putInt(8)
                    .putInt(3 << 16)
                    .array());
            assertThat(app.readError()).contains("unencrypted data after an SSL request");
        }
    }

    @Test
    void unknownMessagesPassBothWaysAndTheRestIsStillRead() throws Exception {
        byte[] asked = messages("yfrom the app", "Qselect 1\0");
        byte[] answered = messages("yfrom the server", "CSELECT 1\0", "ZI");
        try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            FutureTask<byte[]> serving = new FutureTask<>(() -> {
                try (Socket client = listener.accept()) {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    in.skipNBytes(in.readInt() - 4L);
                    client.getOutputStream().write(messages("R\0\0\0\0", "ZI"));
                    byte[] received = in.readNBytes(asked.length);
                    client.getOutputStream().write(answered);
                    return received;
                }
            });
            new Thread(serving, "odd-server").start();
            try (RawApp app = new RawApp(server.listen(Upstream.plain("127.0.0.1", listener.getLocalPort()))).start()) {
                app.out.write(asked);
                assertThat(app.in.readNBytes(answered.length)).isEqualTo(answered);
            }
            assertThat(serving.get()).isEqualTo(asked);
        }
        server.sink.awaitClosed(1);
        assertThat(server.sink.statements())
                .singleElement()
                .satisfies(query -> assertThat(query.rows()).isEqualTo(1));
        assertThat(server.sink.meter().counters().uninterpretedConnections()).isZero();
    }

    /** Each text is a message: its type and its body. */
    private static byte[] messages(String... texts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (String text : texts) {
            out.writeByte(text.charAt(0));
            out.writeInt(3 + text.length());
            out.writeBytes(text.substring(1));
        }
        return bytes.toByteArray();
    }

    @Test
    void randomBytesEndTheirConnectionOnly() throws Exception {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            byte[] noise = new byte[random.nextInt(200) + 1];
            random.nextBytes(noise);
            try (RawApp app = new RawApp(server.port)) {
                app.out.write(noise);
                app.socket.shutdownOutput();
                drain(app);
            }
        }
    }

    @Test
    void randomMessagesAreTheServersToRefuse() throws Exception {
        Random random = new Random(43);
        String types = "BCDEFHPQScdf";
        for (int round = 0; round < 60; round++) {
            try (RawApp app = new RawApp(server.port).start()) {
                for (int i = 0; i < 20; i++) {
                    byte[] body = new byte[random.nextInt(40)];
                    random.nextBytes(body);
                    app.frame(types.charAt(random.nextInt(types.length())), body);
                }
                app.socket.shutdownOutput();
                drain(app);
            } catch (SocketException e) {
                // the server had enough of it before everything was sent
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void aServerThatEndsIsHeardOut() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            String pid = backend(app);
            app.query("select pg_sleep(60)");
            terminate(pid);
            assertThat(app.readError()).contains("57P01");
        }
        server.sink.await(
                "the broken query",
                sink -> sink.queries().stream().anyMatch(query -> "57P01".equals(query.sqlState())));
    }

    @Test
    void aServerThatEndsInMidResultEndsTheApp() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            String pid = backend(app);
            app.query(ENDLESS);
            app.readUntil('D');
            terminate(pid);
            // with its output blocked, PostgreSQL closes without a word
            drain(app);
        }
        server.sink.await(
                "the broken query",
                sink -> sink.queries().stream().anyMatch(query -> query.sqlState() != null && query.rows() > 0));
    }

    @Test
    void anAppThatGoesInMidResultLeavesNothingBehind() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.query(ENDLESS);
            app.readUntil('D');
        }
        server.sink.awaitClosed(1);
        server.sink.await("the broken query", sink -> sink.queries().stream().anyMatch(Query::outcomeUnknown));
    }

    @Test
    void whatIsStillExecutedWhenTheProxyIsClosedIsStated() throws Exception {
        try (ProxiedServer ending = ProxiedServer.ofShared();
                RawApp app = new RawApp(ending.port).start()) {
            app.query(ENDLESS);
            app.readUntil('D');
            ending.proxy.close();
            assertThat(ending.sink.queries())
                    .singleElement()
                    .satisfies(query -> assertThat(query.rows()).isPositive())
                    .satisfies(query -> assertThat(query.outcomeUnknown()).isTrue());
            assertThat(ending.failures()).isZero();
        }
    }

    @Test
    void anExtendedQueryThatIsStillExecutedWhenTheProxyIsClosedIsStated() throws Exception {
        try (ProxiedServer ending = ProxiedServer.ofShared();
                RawApp app = new RawApp(ending.port).start()) {
            String pid = backend(app);
            // as pgjdbc sends the first statement of a transaction; the server says nothing before the Sync
            app.extended("begin", "select pg_sleep(60)");
            awaitActive(pid, "select pg_sleep(60)");
            ending.proxy.close();
            assertThat(ending.sink.statements()).hasSize(2).last().satisfies(query -> {
                assertThat(query.shape().text()).contains("pg_sleep");
                assertThat(query.outcomeUnknown()).isTrue();
            });
            assertThat(ending.failures()).isZero();
            terminate(pid);
        }
    }

    @Test
    void whatAnAppThatIsGoneDidNotWaitForIsStatedAtOnce() throws Exception {
        String pid;
        try (RawApp app = new RawApp(server.port).start()) {
            pid = backend(app);
            app.extended("select pg_sleep(60)");
            awaitActive(pid, "select pg_sleep(60)");
        }
        server.sink.await("what was executed", sink -> sink.queries().stream().anyMatch(Query::outcomeUnknown));
        terminate(pid);
        server.sink.awaitClosed(1);
        assertThat(server.sink.queries())
                .filteredOn(query -> query.sqlState() != null)
                .hasSize(1);
    }

    @Test
    void aKilledProxyClosesTheAppsConnections() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProxy.class.getName(),
                        "" + LoggingServer.shared().port())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader();
                RawApp app = new RawApp(Integer.parseInt(output.readLine())).start()) {
            app.query(ENDLESS);
            app.readUntil('D');
            process.destroyForcibly().waitFor();
            // rows that were under way may still arrive, whole or broken off; then the connection ends
            drain(app);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSlowAppStallsOnlyItself() throws Exception {
        try (RawApp slow = new RawApp(server.port).start()) {
            slow.query("select repeat('x', 1000) from generate_series(1, 60000)");
            try (Connection connection = server.connect("");
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 50; i++) {
                    statement.execute("select " + i);
                }
            }
            assertThat(server.sink.queries()).noneMatch(query -> query.rows() == 60_000);
            slow.readUntil('Z');
        }
        server.sink.await("the slow query", sink -> sink.queries().stream().anyMatch(query -> query.rows() == 60_000));
    }

    @Test
    void aSlowServerStallsOnlyItsOwnApp() throws Exception {
        try (RawApp app = new RawApp(server.port).start();
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            // the server is busy and doesn't read; the app sends more than all buffers hold
            app.query("select pg_sleep(1)");
            Thread sender = new Thread(() -> {
                try {
                    app.query("select length('" + "y".repeat(30_000_000) + "')");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            for (int i = 0; i < 50; i++) {
                statement.execute("select " + i);
            }
            app.readUntil('Z');
            byte[] row = app.readUntil('D');
            assertThat(new String(row, 6, row.length - 6, StandardCharsets.US_ASCII))
                    .isEqualTo("30000000");
            sender.join();
        }
    }

    @Test
    void socketsInTheFileSystemWorkOnBothSides(@TempDir Path folder) throws Exception {
        Path listening = folder.resolve(".s.PGSQL.5432");
        int serverPort = LoggingServer.shared().port();
        server.proxy.listen(
                UnixDomainSocketAddress.of(listening),
                new Upstream(
                        new Upstream.Socket(Path.of("/tmp/.s.PGSQL." + serverPort)),
                        UpstreamTls.of(SslMode.REQUIRE),
                        null,
                        null));
        try (SocketChannel app = SocketChannel.open(UnixDomainSocketAddress.of(listening))) {
            byte[] parameters = "user\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
            app.write(ByteBuffer.allocate(8 + parameters.length)
                    .putInt(8 + parameters.length)
                    .putInt(3 << 16)
                    .put(parameters)
                    .flip());
            ByteBuffer answer = ByteBuffer.allocate(5);
            while (answer.hasRemaining()) {
                assertThat(app.read(answer)).isPositive();
            }
            assertThat((char) answer.get(0)).isEqualTo('R');
        }
    }

    @Test
    void manyIdleConnectionsHoldNoBuffers() throws Exception {
        RawApp[] idle = new RawApp[200];
        for (int i = 0; i < idle.length; i++) {
            idle[i] = new RawApp(server.port).start();
        }
        long before = used();
        for (RawApp app : idle) {
            app.query("select repeat('x', 200000)");
            app.readUntil('Z');
        }
        assertThat(used() - before).isLessThan(idle.length * 16L * 1024);
        for (RawApp app : idle) {
            app.close();
        }
    }

    private static String backend(RawApp app) throws IOException {
        app.query("select pg_backend_pid()");
        byte[] row = app.readUntil('D');
        app.readUntil('Z');
        return new String(row, 6, row.length - 6, StandardCharsets.US_ASCII);
    }

    private void awaitActive(String pid, String statement) throws SQLException {
        try (Connection admin = server.connect("");
                PreparedStatement active = admin.prepareStatement(
                        "select 1 from pg_stat_activity where pid = ?::int and state = 'active' and query = ?")) {
            active.setString(1, pid);
            active.setString(2, statement);
            while (!active.executeQuery().next()) {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    private void terminate(String pid) throws SQLException {
        try (Connection admin = server.connect("");
                Statement statement = admin.createStatement()) {
            boolean ended = false;
            while (!ended) {
                try (ResultSet row = statement.executeQuery("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where state = 'active' and pid = " + pid)) {
                    ended = row.next();
                }
            }
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void drain(RawApp app) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try {
            while (app.in.read(buffer) >= 0) {
                // to the end
            }
        } catch (EOFException | SocketException e) {
            // an end as well
            assertThat(e).isNotNull();
        }
    }
}
