package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.UpstreamTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins by certificate: the proxy presents the one that the app's address names, as the app would have. */
class ClientCertificateTest {
    @ParameterizedTest
    @CsvSource({
        "rsa, rsa.key, disable",
        "rsa, rsa.key, require",
        "rsa, rsa-pkcs1.key, disable",
        "rsa, rsa.pk8, disable",
        "ec, ec-sec1.key, disable"
    })
    void theCertificateOfTheAddressIsPresentedWithItsKeyInAnyForm(String name, String key, String app)
            throws Exception {
        try (ProxiedServer server = presenting(name, key)) {
            assertThat(facts(server.port, "user=certified&sslmode=" + app))
                    .isEqualTo("certified /O=" + name + "/CN=certified");
            assertThat(facts(server.port, "user=both&password=right&sslmode=" + app))
                    .isEqualTo("both /O=" + name + "/CN=certified");
            assertThatThrownBy(() -> server.connect("user=both&password=wrong&sslmode=" + app))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            server.sink.awaitClosed(3);
            assertThat(server.sink.statements()).hasSize(2);
            assertThat(server.failures()).isZero();
        }
    }

    @Test
    void itIsTheLoginThatTheAppHasDirectly(@TempDir Path folder) throws Exception {
        // pgjdbc takes no key that others may read
        Path key = Files.copy(Path.of(file("rsa.pk8")), folder.resolve("own.pk8"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        String direct = "user=certified&sslmode=require&sslcert=" + file("rsa.crt") + "&sslkey=" + key;
        assertThat(facts(LoggingServer.shared().port(), direct)).isEqualTo("certified /O=rsa/CN=certified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void withoutOneTheServersOwnErrorArrives(String app) throws Exception {
        UpstreamTls tls = UpstreamTls.of(SslMode.REQUIRE);
        try (ProxiedServer server = new ProxiedServer(ProxiedServer.shared(tls))) {
            assertThatThrownBy(() -> server.connect("user=certified&sslmode=" + app))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"))
                    .hasMessageContaining("connection requires a valid client certificate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void oneThatTheServerRefusesIsNamed(String app) throws Exception {
        try (ProxiedServer server = presenting("expired", "expired.key")) {
            assertThatThrownBy(() -> server.connect("user=certified&sslmode=" + app))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
                    .hasMessageContaining("headroom: no connection to the PostgreSQL server at localhost:")
                    .hasMessageContaining("accept the certificate in sslcert");
            assertThat(server.sink.happened()).singleElement().asString().contains("sslcert");
            assertThat(server.failures()).isZero();
        }
    }

    /** The server reads the certificate before its last word in the handshake (RFC 5246, section 7.3). */
    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void oneThatTheServerRefusesInTls12IsNamedEachTime(String app) throws Exception {
        LoggingServer.shared().limitTls("TLSv1.2");
        try (ProxiedServer server = presenting("expired", "expired.key")) {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> server.connect("user=certified&sslmode=" + app))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("08001"))
                        .hasMessageContaining("headroom: no connection to the PostgreSQL server at localhost:")
                        .hasMessageContaining("certificate in sslcert");
            }
            assertThat(server.sink.happened())
                    .hasSize(20)
                    .allSatisfy(each -> assertThat(each.toString()).contains("sslcert"));
            assertThat(server.failures()).isZero();
        } finally {
            LoggingServer.shared().limitTls("");
        }
    }

    @ParameterizedTest
    @CsvSource({"rsa-encrypted.key, rsa-encrypted.key", "ec-sec1.key, ec-sec1.key", "rsa.crt, rsa.crt", ", sslkey"})
    void aKeyThatCannotBeUsedIsNamed(@Nullable String key, String named) {
        assertThatThrownBy(() -> presenting("rsa", key))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining(named);
    }

    private static ProxiedServer presenting(String name, @Nullable String key) {
        Path keyFile = key == null ? null : Path.of(file(key));
        return new ProxiedServer(ProxiedServer.shared(
                new UpstreamTls(SslMode.REQUIRE, false, null, Path.of(file(name + ".crt")), keyFile)));
    }

    private static String file(String name) {
        return LoggingServer.CERTIFICATES.resolve(name).toAbsolutePath().toString();
    }

    private static String facts(int port, String parameters) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port, parameters));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select current_user || ' ' || client_dn from pg_stat_ssl where pid = pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}
