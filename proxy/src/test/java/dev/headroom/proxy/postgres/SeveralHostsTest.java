package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.headroom.proxy.net.HeldPort;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of several hosts, clients choose the same one directly and through the proxy, which has a listener for each. */
class SeveralHostsTest {
    private static final String CHOSEN = "select current_setting('port')";

    private static @Nullable InstalledServer readOnly;

    @BeforeAll
    @Timeout(60)
    static void startServer() throws Exception {
        readOnly = InstalledServer.start();
        if (readOnly != null) {
            try (Connection connection = DriverManager.getConnection(ProxiedServer.url(readOnly.port, ""));
                    Statement statement = connection.createStatement()) {
                statement.execute("alter system set default_transaction_read_only = on");
                statement.execute("select pg_reload_conf()");
            }
            // the server is only told to; and drivers remember for a while what a host was
            while (!isReadOnly(readOnly.port)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isReadOnly(int port) throws SQLException {
        try (Connection connection = DriverManager.getConnection(ProxiedServer.url(port, ""));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show default_transaction_read_only")) {
            return row.next() && row.getString(1).equals("on");
        }
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (readOnly != null) {
            readOnly.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "read-write", "read-only", "prefer-standby"})
    void libpq(String wanted) throws Exception {
        throughBoth(hosts -> Command.run(List.of(
                "psql",
                "-XAtc",
                CHOSEN,
                "postgresql://postgres@" + hosts + "/postgres?connect_timeout=60&target_session_attrs=" + wanted)));
    }

    @ParameterizedTest
    @CsvSource({"any, false", "primary, false", "secondary, false", "preferSecondary, false", "primary, true"})
    void pgjdbc(String wanted, boolean balanced) throws Exception {
        throughBoth(hosts -> {
            String url = "jdbc:postgresql://" + hosts + "/postgres?user=postgres&connectTimeout=60&targetServerType="
                    + wanted + "&loadBalanceHosts=" + balanced;
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(CHOSEN)) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        });
    }

    /** A client's work with a list of hosts. */
    private interface Work {
        String at(String hosts) throws IOException, SQLException;
    }

    private static void throughBoth(Work work) throws Exception {
        if (readOnly == null) {
            abort("no PostgreSQL server is installed; Debian's package is postgresql");
        }
        try (HeldPort nobody = HeldPort.any();
                ProxiedServer server = ProxiedServer.ofShared()) {
            List<Integer> direct = List.of(
                    nobody.number,
                    Objects.requireNonNull(readOnly).port,
                    LoggingServer.shared().port());
            List<Integer> proxied = new ArrayList<>();
            for (int port : direct) {
                proxied.add(server.listen(Upstream.plain("127.0.0.1", port)));
            }
            assertThat(work.at(hosts(proxied)))
                    .isEqualTo(work.at(hosts(direct)))
                    .isNotBlank();
            assertThat(server.failures()).isZero();
        }
    }

    private static String hosts(List<Integer> ports) {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }
}
