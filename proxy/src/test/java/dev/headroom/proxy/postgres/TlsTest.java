package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.tls.SelfSigned;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final String APP_IN_TLS = "&sslmode=require";
    private static final String APP_IN_PLAIN_TEXT = "&sslmode=disable";

    @ParameterizedTest
    @EnumSource
    void theServerIsSpokenToAsItsAddressAsks(SslMode mode) throws Exception {
        UpstreamTls tls = new UpstreamTls(mode, false, LoggingServer.shared().certificate(), null, null);
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(tls))) {
            boolean encrypted = mode != SslMode.DISABLE && mode != SslMode.ALLOW;
            assertThat(facts(server, "user=postgres" + APP_IN_PLAIN_TEXT)).isEqualTo("postgres " + encrypted);
            assertThat(server.failures()).isZero();
        }
    }

    @Test
    void directTlsNeedsNoQuestion() throws Exception {
        UpstreamTls tls = new UpstreamTls(
                SslMode.VERIFY_FULL, true, LoggingServer.shared().certificate(), null, null);
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(tls))) {
            assertThat(facts(server, "user=secure&password=right" + APP_IN_PLAIN_TEXT))
                    .isEqualTo("secure true");
            assertThat(facts(server, "user=postgres&sslmode=require&sslNegotiation=direct"))
                    .isEqualTo("postgres true");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "secure, REQUIRE, &sslmode=disable",
        "secure, REQUIRE, &sslmode=require",
        "scram, REQUIRE, &sslmode=disable",
        "scram, REQUIRE, &sslmode=require",
        "scram, DISABLE, &sslmode=disable",
        "scram, DISABLE, &sslmode=require",
        "hashed, REQUIRE, &sslmode=disable",
        "hashed, REQUIRE, &sslmode=require",
        "hashed, DISABLE, &sslmode=disable",
        "hashed, DISABLE, &sslmode=require",
        "cleartext, REQUIRE, &sslmode=require",
        "cleartext, DISABLE, &sslmode=disable"
    })
    void everyAuthenticationWorksWithTlsOnEitherSide(String role, SslMode mode, String app) throws Exception {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(mode)))) {
            boolean encrypted = mode != SslMode.DISABLE;
            assertThat(facts(server, "user=" + role + "&password=right" + app)).isEqualTo(role + " " + encrypted);
            assertThatThrownBy(() -> facts(server, "user=" + role + "&password=wrong" + app))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"))
                    .hasMessageContaining("password authentication failed");
            assertThat(server.failures()).isZero();
            server.sink.awaitClosed(2);
            assertThat(server.sink.statements()).hasSize(1);
        }
    }

    @Test
    void aPlainServerIsRefusedWhereTlsIsAskedFor() throws Exception {
        try (PlainTextServer plain = new PlainTextServer();
                ProxiedServer server = new ProxiedServer(new Upstream(
                        new Upstream.Host("127.0.0.1", plain.port()), UpstreamTls.of(SslMode.REQUIRE), null, null))) {
            assertThatThrownBy(() -> server.connect("sslmode=disable"))
                    .hasMessageContaining("does not support TLS, but sslmode=require asks for it; switch it on")
                    .hasMessageNotContaining("check that it runs");
        }
    }

    @Test
    void anUnknownCertificateIsRefused(@TempDir Path folder) throws Exception {
        Path other = folder.resolve("other.crt");
        Files.writeString(
                other,
                "-----BEGIN CERTIFICATE-----\n"
                        + java.util.Base64.getMimeEncoder()
                                .encodeToString(SelfSigned.make().certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        UpstreamTls tls = new UpstreamTls(SslMode.VERIFY_FULL, false, other, null, null);
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(tls))) {
            assertThatThrownBy(() -> server.connect("sslmode=disable"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("its certificate must be signed by an authority in sslrootcert");
        }
    }

    @ParameterizedTest
    @CsvSource({"'', without ALPN", "h2, ''", "postgresql, ready"})
    void directTlsHasToAskForPostgresqlByAlpn(String protocol, String outcome) throws Exception {
        SSLContext anyCertificate = SSLContext.getInstance("TLS");
        anyCertificate.init(null, new TrustManager[] {new TrustsAll()}, null);
        try (ProxiedServer server = ProxiedServer.ofShared();
                SSLSocket socket = (SSLSocket)
                        anyCertificate.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port)) {
            if (!protocol.isEmpty()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {protocol});
                socket.setSSLParameters(parameters);
            }
            if (outcome.isEmpty()) {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
                return;
            }
            try (RawApp app = new RawApp(socket)) {
                if (outcome.equals("ready")) {
                    app.start();
                } else {
                    assertThat(app.readError()).contains(outcome, "08P01");
                }
            }
            assertThat(server.failures()).isZero();
        }
    }

    @Test
    void aCertificateFileThatIsNoneIsNamed(@TempDir Path folder) throws IOException {
        Path broken = Files.writeString(folder.resolve("root.crt"), "no certificate");
        UpstreamTls tls = new UpstreamTls(SslMode.VERIFY_FULL, false, broken, null, null);
        assertThatThrownBy(() -> new ProxiedServer(ProxiedServer.shared(tls)))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("root.crt");
    }

    @Test
    void allowMeansPlainTextUnlessTheServerRefusesIt() throws Exception {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.ALLOW)))) {
            assertThat(facts(server, "user=postgres&sslmode=disable")).isEqualTo("postgres false");
            assertThat(facts(server, "user=scram&password=right&sslmode=disable"))
                    .isEqualTo("scram false");
            assertThat(facts(server, "user=secure&password=right&sslmode=disable"))
                    .isEqualTo("secure true");
            assertThatThrownBy(() -> server.connect("user=secure&password=wrong&sslmode=disable"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(server.failures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {APP_IN_PLAIN_TEXT, APP_IN_TLS})
    void preferMeansPlainTextWhereTheServerRefusesTls(String app) throws Exception {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.PREFER)))) {
            assertThat(facts(server, "user=plain&password=right" + app)).isEqualTo("plain false");
            assertThat(facts(server, "user=secure&password=right" + app)).isEqualTo("secure true");
            assertThatThrownBy(() -> server.connect("user=plain&password=wrong" + app))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            server.sink.awaitClosed(3);
            assertThat(server.sink.statements()).hasSize(2);
            assertThat(server.sink.happened()).hasSize(1);
            assertThat(server.failures()).isZero();
        }
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.REQUIRE)))) {
            assertThatThrownBy(() -> server.connect("user=plain&password=right" + app))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("pg_hba.conf rejects");
        }
    }

    @Test
    void anErrorThatTlsDoesNotMendIsHeardUnderAllow() throws Exception {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.ALLOW)))) {
            assertThatThrownBy(() -> server.connect("user=postgres&sslmode=disable&options=-c%20no_such_setting=1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no_such_setting");
        }
    }

    @Test
    void cancelRequestsArriveThroughTls() throws Exception {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.REQUIRE)));
                Connection connection = server.connect("user=secure&password=right" + APP_IN_TLS);
                Statement statement = connection.createStatement()) {
            Cancelling.assertCancels(statement);
        }
    }

    @ParameterizedTest
    @CsvSource({"DISABLE, &sslmode=require", "REQUIRE, &sslmode=disable", "REQUIRE, &sslmode=require"})
    void aLongStartUpPassesInOneTlsRecord(SslMode mode, String app) throws Exception {
        // the server tells the setting back along with the end of the authentication
        String path = "s".repeat(60) + ("," + "s".repeat(60)).repeat(40);
        String settings = "&connectTimeout=10&socketTimeout=10&options=-c%20search_path=" + path;
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(mode)))) {
            assertThat(facts(server, "user=scram&password=right" + app + settings))
                    .isEqualTo("scram " + (mode != SslMode.DISABLE));
        }
    }

    /** Larger ones make clients on libpq wait for what they have received already. */
    @Test
    void theAppGetsRecordsThatLibpqTakesWhole() throws Exception {
        try (ProxiedServer server = ProxiedServer.ofShared();
                Connection connection =
                        server.connect(APP_IN_TLS.substring(1) + "&socketFactory=" + RecordedSockets.class.getName());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select repeat('x', 1000000)")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).hasSize(1_000_000);
        }
        ByteBuffer received = ByteBuffer.wrap(RecordedSockets.received());
        assertThat(received.get()).as("the answer to the request for TLS").isEqualTo((byte) 'S');
        int largest = 0;
        while (received.remaining() >= 5) {
            int length = received.position(received.position() + 3).getShort() & 0xffff;
            largest = Math.max(largest, length);
            received.position(Math.min(received.limit(), received.position() + length));
        }
        // 8 KB, and what TLS adds (RFC 8446, section 5.2)
        assertThat(largest).isBetween(8 * 1024, 8 * 1024 + 256);
    }

    @Test
    void largeResultsPassThroughTlsOnBothSides() throws Exception {
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(UpstreamTls.of(SslMode.REQUIRE)));
                Connection connection = server.connect("user=postgres" + APP_IN_TLS);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select i, repeat(md5(i::text), 50) from generate_series(1, 20000) i")) {
            int count = 0;
            while (rows.next()) {
                count++;
                assertThat(rows.getInt(1)).isEqualTo(count);
                assertThat(rows.getString(2)).hasSize(1_600);
            }
            assertThat(count).isEqualTo(20_000);
        }
    }

    private static String facts(ProxiedServer server, String parameters) throws SQLException {
        try (Connection connection = server.connect(parameters);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_user || ' ' || ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
