package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresProxyTest {
    private final ProxiedServer server = ProxiedServer.ofShared();

    @AfterEach
    void stop() {
        assertThat(server.sink.meter().counters().uninterpretedConnections()).isZero();
        assertThat(server.failures()).isZero();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
    void seesWhatPostgresLogs(String mode) throws Exception {
        int pid;
        try (Connection connection = server.connect("preferQueryMode=" + mode + "&prepareThreshold=2");
                Statement statement = connection.createStatement()) {
            pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            statement.execute("create temp table item(id int primary key, name text, price numeric(10,2))");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("insert into item values (?, ?, ?)")) {
                for (int i = 0; i < 10; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "item " + i);
                    insert.setBigDecimal(3, new java.math.BigDecimal("1.50"));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            try (PreparedStatement select = connection.prepareStatement("select * from item where id = ?")) {
                for (int i = 0; i < 7; i++) {
                    select.setInt(1, i % 3);
                    try (ResultSet rows = select.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(2)).isEqualTo("item " + i % 3);
                    }
                }
            }
            connection.rollback();
            statement.execute("select 1; select 2, 3; update item set name = 'x' where id < 4");
        }
        server.sink.awaitClosed(1);

        List<Query> queries = server.sink.queries();
        List<String> executed = LoggingServer.shared().executed(pid);
        int extraInOneSimpleText = mode.equals("simple") || mode.equals("extendedForPrepared") ? 2 : 0;
        assertThat(queries.size()).as("%s", executed).isEqualTo(executed.size() + extraInOneSimpleText);
        List<Query> selects = queries.stream()
                .filter(query -> query.shape().text().contains("FROM item WHERE id"))
                .toList();
        assertThat(selects).hasSize(7).allSatisfy(query -> {
            assertThat(query.rows()).isEqualTo(1);
            assertThat(query.columns()).hasSize(3);
            assertThat(query.columns().get(1).name()).isEqualTo("name");
            assertThat(query.transactionId()).isNotZero();
            assertThat(query.valuesComplete()).isTrue();
            assertThat(query.firstRowNanos()).isBetween(query.startNanos(), query.endNanos());
        });
        assertThat(selects.get(0).values())
                .isEqualTo(selects.get(3).values())
                .isEqualTo(selects.get(6).values())
                .isNotEqualTo(selects.get(1).values());
        assertThat(selects.get(1).values().get(0))
                .isEqualTo(server.digester.digest("1"))
                .isEqualTo(selects.get(1).columns().get(0).values().get(0));
        assertThat(selects.get(0).columns().get(2).values().get(0)).isEqualTo(server.digester.digest("1.5"));
        assertThat(queries.get(queries.size() - 1).rows()).isEqualTo(4);
        assertThat(server.sink.connections().get(0).backendPid()).isEqualTo(pid);
    }
}
