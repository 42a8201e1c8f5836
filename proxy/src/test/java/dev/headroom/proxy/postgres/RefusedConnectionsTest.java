package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.trace.Event;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedConnectionsTest {
    private static final String WRONG_PASSWORD =
            "the database refused a connection: the password is wrong, or there is no such user (SQLSTATE 28P01)";

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
            assertTold(server, WRONG_PASSWORD);
        }
    }

    @Test
    void aMissingDatabaseIsToldEachTimeWithoutItsName() {
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            String missing = ProxiedServer.url(server.port, "sslmode=disable").replace("/postgres?", "/missing_one?");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> DriverManager.getConnection(missing)).hasMessageContaining("missing_one");
            }
            String told = "the database refused a connection: no such database (SQLSTATE 3D000)";
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
            assertTold(server, "the database refused a connection: too many connections (SQLSTATE 53300)");
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
