package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.headroom.core.trace.Event;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedConnectionsTest {
    @ParameterizedTest
    @CsvSource({
        "scram, DISABLE, &sslmode=disable",
        "scram, REQUIRE, &sslmode=disable",
        "scram, REQUIRE, &sslmode=require",
        "secure, ALLOW, &sslmode=disable",
        "hashed, DISABLE, &sslmode=require",
        "cleartext, REQUIRE, &sslmode=require"
    })
    void aWrongPasswordIsToldWhoeverAuthenticates(String role, SslMode mode, String app) {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(mode)))) {
            refuses(server, "user=" + role + "&password=wrong" + app);
            assertTold(
                    server,
                    "the database refused a connection: the password is wrong, or there is no such user (SQLSTATE 28P01; "
                            + at("localhost") + ")");
        }
    }

    @Test
    void aMissingDatabaseIsToldEachTimeWithItsName() {
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            String missing = ProxiedServer.url(server.port, "sslmode=disable").replace("/postgres?", "/missing_one?");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> DriverManager.getConnection(missing)).hasMessageContaining("missing_one");
            }
            String told = "the database refused a connection: no such database (SQLSTATE 3D000; "
                    + at("127.0.0.1").replace("postgres", "missing_one") + ")";
            assertTold(server, told, told, told);
        }
    }

    @Test
    void aServerWithoutRoomIsTold() throws Exception {
        try (Connection owner = DriverManager.getConnection(
                        ProxiedServer.url(LoggingServer.shared().port(), ""));
                Statement statement = owner.createStatement();
                ProxiedServer server = ProxiedServer.ofShared()) {
            statement.execute("create role crowded login connection limit 0");
            refuses(server, "user=crowded&sslmode=disable");
            statement.execute("drop role crowded");
            assertTold(server, tooMany(at("127.0.0.1")));
        }
    }

    @Test
    void aServerThatIsFullIsToldAndNotTheOneThatIsNot() throws Exception {
        List<AutoCloseable> taken = new ArrayList<>();
        try (InstalledServer small = InstalledServer.start();
                ProxiedServer server = ProxiedServer.ofShared()) {
            if (small == null) {
                abort("no PostgreSQL server is installed; Debian's package is postgresql");
            }
            int port = server.listen(Upstream.plain("127.0.0.1", small.port));
            server.connect("sslmode=disable").close();
            assertThatThrownBy(() -> {
                        // a session before, of the app's or the proxy's own, may end only now and leave its place
                        while (true) {
                            fill(small.port, taken);
                            taken.add(DriverManager.getConnection(ProxiedServer.url(port, "sslmode=disable")));
                        }
                    })
                    .hasMessageContaining("too many clients");
            server.sink.awaitClosed(2);
            assertThat(server.sink.happened())
                    .extracting(Event::text)
                    .containsExactly(tooMany("127.0.0.1:" + small.port + ", database postgres"));
        } finally {
            for (AutoCloseable each : taken) {
                each.close();
            }
        }
    }

    /** Takes all the places that the server has. */
    private static void fill(int port, List<AutoCloseable> taken) throws IOException {
        try {
            while (true) {
                taken.add(new RawApp(port).start());
            }
        } catch (EOFException e) {
            // the server had no more
            return;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://app:secret@db/shop", "password=secret", "secret@db", "line\nbreak"})
    void whatIsNoNameOfADatabaseIsNotTold(String name) throws IOException {
        try (ProxiedServer server = ProxiedServer.ofShared();
                RawApp app = new RawApp(server.port)) {
            byte[] parameters = ("user\0postgres\0database\0" + name + "\0\0").getBytes(StandardCharsets.UTF_8);
            app.out.writeInt(8 + parameters.length);
            app.out.writeInt(3 << 16);
            app.out.write(parameters);
            app.readUntil('E');
            assertTold(
                    server,
                    "the database refused a connection: no such database (SQLSTATE 3D000; 127.0.0.1:"
                            + LoggingServer.shared().port() + ")");
        }
    }

    @Test
    void whatWasSentAheadOfARefusalIsNoStatement() throws IOException {
        try (ProxiedServer server = ProxiedServer.ofShared();
                RawApp app = new RawApp(server.port)) {
            byte[] parameters = "user\0postgres\0database\0missing_one\0\0".getBytes(StandardCharsets.UTF_8);
            app.out.writeInt(8 + parameters.length);
            app.out.writeInt(3 << 16);
            app.out.write(parameters);
            app.query("select 1");
            app.readUntil('E');
            server.sink.awaitClosed(1);
            assertThat(server.sink.queries()).isEmpty();
            assertThat(server.sink.happened()).hasSize(1);
        }
    }

    @Test
    void anAppThatGoesWhenAskedForAPasswordWasNotRefused() throws IOException {
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            try (RawApp app = new RawApp(server.port)) {
                byte[] parameters = "user\0scram\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
                app.out.writeInt(8 + parameters.length);
                app.out.writeInt(3 << 16);
                app.out.write(parameters);
                app.readUntil('R');
            }
            server.sink.awaitClosed(1);
            assertThat(server.sink.happened()).isEmpty();
        }
    }

    private static String at(String host) {
        return host + ":" + LoggingServer.shared().port() + ", database postgres";
    }

    private static String tooMany(String where) {
        return "the database refused a connection: too many connections (SQLSTATE 53300; " + where + ")";
    }

    private static void refuses(ProxiedServer server, String parameters) {
        assertThatThrownBy(() -> server.connect(parameters)).isInstanceOf(SQLException.class);
    }

    private static void assertTold(ProxiedServer server, String... texts) {
        server.sink.awaitClosed(texts.length);
        assertThat(server.sink.happened()).extracting(Event::text).containsExactly(texts);
        assertThat(server.sink.happened()).extracting(Event::kind).containsOnly(Event.Kind.DATABASE_REFUSED);
        assertThat(server.sink.queries()).isEmpty();
        assertThat(server.failures()).isZero();
    }
}
