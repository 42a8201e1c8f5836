package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.EventLoops;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy that has two loops. */
@Timeout(120)
class LoopsTest {
    private static final int A_MOMENT_MILLIS = 300;

    private final ProxiedServer server = ProxiedServer.ofShared();

    @AfterEach
    void stop() {
        assertThat(server.failures()).isZero();
        server.close();
    }

    @Test
    void theConnectionsOfOneAppAreServedByBoth() throws Exception {
        try (RawApp first = new RawApp(server.port).start();
                RawApp second = new RawApp(server.port).start()) {
            whileHeld(server.loops.all().get(0), () -> {
                assertAnswered(second);
                assertNotAnswered(first);
            });
            first.readUntil('Z');
            whileHeld(server.loops.all().get(1), () -> {
                assertAnswered(first);
                assertNotAnswered(second);
            });
            second.readUntil('Z');
        }
    }

    @Test
    void aConnectionGoesToTheLoopThatHasFewest() throws Exception {
        RawApp first = new RawApp(server.port).start();
        try (RawApp second = new RawApp(server.port).start()) {
            first.close();
            server.sink.awaitClosed(1);
            try (RawApp third = new RawApp(server.port).start()) {
                whileHeld(server.loops.all().get(1), () -> {
                    assertAnswered(third);
                    assertNotAnswered(second);
                });
            }
            second.readUntil('Z');
        }
    }

    @Test
    void aReaderThatIsStuckHoldsNobodyElseUp() throws Exception {
        try (RawApp stuck = new RawApp(server.port).start();
                RawApp other = new RawApp(server.port).start();
                RawApp sameLoop = new RawApp(server.port).start()) {
            stuck.query("select repeat('x', 1000) from generate_series(1, 100000)");
            assertThat(stuck.in.readUnsignedByte()).isEqualTo('T');
            for (int i = 0; i < 100; i++) {
                assertAnswered(other);
                assertAnswered(sameLoop);
            }
        }
    }

    @Test
    void whatIsSaidToHaveBeenStatedHasBeen() throws Exception {
        try (RawApp first = new RawApp(server.port).start();
                RawApp second = new RawApp(server.port).start()) {
            int stated = 0;
            for (int sent = 1; sent <= 1_000; sent++) {
                assertAnswered(sent % 2 == 0 ? first : second);
                long answered = System.nanoTime();
                // asked first, as capture does
                boolean all = server.sink.statedUpTo() - answered >= 0;
                if (all) {
                    assertThat(server.sink.statements()).hasSize(sent);
                    stated++;
                }
            }
            assertThat(stated).isLessThan(1_000);
            server.sink.await("all of them", sink -> sink.statements().size() == 1_000);
        }
    }

    @Test
    void whatPassedWhileNobodyAskedIsStatedWhenTheProxyCloses() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            assertAnswered(app);
            server.proxy.close();
            assertThat(server.sink.statements()).hasSize(1);
            assertThatThrownBy(() -> app.readUntil('Z')).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void idsAreUniqueAcrossLoops() throws Exception {
        try (Connection first = server.connect("");
                Connection second = server.connect("")) {
            for (int i = 0; i < 20; i++) {
                for (Connection each : List.of(first, second)) {
                    each.setAutoCommit(false);
                    execute(each, "select 1");
                    each.commit();
                }
            }
        }
        server.sink.awaitClosed(2);
        Set<Long> ids = new HashSet<>();
        assertThat(server.sink.queries())
                .allSatisfy(query -> assertThat(ids.add(query.id())).isTrue());
        assertThat(server.sink.connections().stream()
                        .map(dev.headroom.core.trace.Connection::id)
                        .distinct())
                .hasSize(2);
        assertThat(server.sink.queries().stream()
                        .map(Query::transactionId)
                        .filter(id -> id != 0)
                        .distinct())
                .hasSize(40);
    }

    @Test
    void namesOfColumnsAreAskedForOnceAndKnownToBoth() throws Exception {
        String direct = ProxiedServer.url(LoggingServer.shared().port(), "");
        try (Connection admin = DriverManager.getConnection(direct)) {
            execute(admin, "create database loops");
            String loops = direct.replace("/postgres?", "/loops?");
            try (Connection owner = DriverManager.getConnection(loops)) {
                execute(owner, "create table thing as select text 'one' as label");
            }
            awaitNoSession(admin);
            long before = sessions(admin);
            try (EventLoops own = EventLoops.start("test-loops", 2)) {
                CollectingSink sink = new CollectingSink();
                PostgresProxy proxy = PostgresProxy.start(own, sink, server.digester, false);
                int port = ((InetSocketAddress) proxy.listen(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                Upstream.plain(
                                        "127.0.0.1", LoggingServer.shared().port())))
                        .getPort();
                String url = ProxiedServer.url(port, "").replace("/postgres?", "/loops?");
                try (Connection first = DriverManager.getConnection(url);
                        Connection second = DriverManager.getConnection(url)) {
                    for (Connection each : List.of(first, second)) {
                        awaitName(sink, each);
                    }
                }
                proxy.close();
            }
            awaitNoSession(admin);
            assertThat(sessions(admin) - before)
                    .as("two of the app, one for the names")
                    .isEqualTo(3);
            execute(admin, "drop database loops");
        }
    }

    private static void awaitName(CollectingSink sink, Connection connection) throws SQLException {
        ResultColumn label;
        do {
            sink.clear();
            execute(connection, "select label from thing");
            sink.await("the statement", known -> !labels(known).isEmpty());
            label = labels(sink).get(0);
        } while (label.column() == null);
        assertThat(label.column()).isEqualTo("label");
        assertThat(label.table()).isEqualTo("thing");
    }

    private static List<ResultColumn> labels(CollectingSink sink) {
        return sink.statements().stream()
                .flatMap(query -> query.columns().stream())
                .filter(column -> column.name().equals("label"))
                .toList();
    }

    private static long sessions(Connection admin) throws SQLException {
        return number(admin, "select sessions from pg_stat_database where datname = 'loops'");
    }

    private static void awaitNoSession(Connection admin) throws SQLException {
        while (number(admin, "select count(*) from pg_stat_activity where datname = 'loops'") > 0) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static void assertAnswered(RawApp app) throws Exception {
        app.query("select 1");
        app.readUntil('Z');
    }

    private static void assertNotAnswered(RawApp app) throws Exception {
        app.query("select 1");
        int patience = app.socket.getSoTimeout();
        app.socket.setSoTimeout(A_MOMENT_MILLIS);
        assertThatThrownBy(() -> app.readUntil('Z')).isInstanceOf(SocketTimeoutException.class);
        app.socket.setSoTimeout(patience);
    }

    /** What a test does while a loop is held up. */
    private interface Meanwhile {
        void run() throws Exception;
    }

    private static void whileHeld(EventLoop loop, Meanwhile meanwhile) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        loop.execute(() -> {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reached.await();
        try {
            meanwhile.run();
        } finally {
            released.countDown();
        }
    }
}
