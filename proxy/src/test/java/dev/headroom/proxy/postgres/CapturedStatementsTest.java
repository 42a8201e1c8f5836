package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.capture.CaptureEvent.QueryFinished;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.StatementKind;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

class CapturedStatementsTest {
    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACED = "/*traceparent='00-" + TRACE_ID + "-00f067aa0ba902b7-01'*/ ";

    private final ProxiedServer server = ProxiedServer.ofShared();

    @AfterEach
    void stop() {
        assertThat(server.sink.meter().counters().uninterpretedConnections()).isZero();
        assertThat(server.failures()).isZero();
        server.close();
    }

    @Test
    void aPortalReadInPartsIsOneQuery() throws Exception {
        try (Connection connection = server.connect("defaultRowFetchSize=10")) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select i from generate_series(1, 95) i")) {
                while (rows.next()) {
                    rows.getInt(1);
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select i from generate_series(1, 95) i")) {
                assertThat(rows.next()).isTrue();
            }
            connection.commit();
        }
        List<Query> queries = statements();
        assertThat(queries).extracting(Query::rows).containsExactly(95L, 10L);
        assertThat(queries.get(0).columns().get(0).values().size()).isEqualTo(95);
        assertThat(queries).extracting(Query::transactionId).doesNotContain(0L).hasSize(2);
        assertThat(queries.get(0).transactionId()).isEqualTo(queries.get(1).transactionId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void transactionsAreTheServersOwnWhereTheyAreChainedAndRolledBackToSavepoints(String mode) throws Exception {
        List<String> servers = new ArrayList<>();
        try (Connection connection = server.connect("preferQueryMode=" + mode);
                Statement statement = connection.createStatement()) {
            for (String between : List.of(
                    "begin",
                    "savepoint chain",
                    "rollback to savepoint chain",
                    "/* the next */ Rollback\n And Chain",
                    "abort work and chain; select txid_current()",
                    "commit and no chain; begin",
                    "select nothing",
                    "commit and chain",
                    "end transaction and chain",
                    "rollback and no chain; begin")) {
                try {
                    statement.execute(between);
                    while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                        add(statement.getResultSet(), servers);
                    }
                    add(statement.executeQuery("select txid_current()"), servers);
                } catch (SQLException e) {
                    assertThat(between)
                            .as("rolls back, so that COMMIT is ROLLBACK")
                            .isEqualTo("select nothing");
                }
            }
            statement.execute("rollback");
        }
        Map<Long, Set<String>> ours = new HashMap<>();
        List<Query> asked =
                statements().stream().filter(query -> query.sqlState() == null).toList();
        assertThat(asked).hasSameSizeAs(servers);
        for (int i = 0; i < asked.size(); i++) {
            ours.computeIfAbsent(asked.get(i).transactionId(), id -> new TreeSet<>())
                    .add(servers.get(i));
        }
        assertThat(ours.values())
                .as("one of the server's each")
                .allSatisfy(ids -> assertThat(ids).hasSize(1));
        assertThat(ours).hasSize(Set.copyOf(servers).size()).doesNotContainKey(0L);
    }

    private static void add(@Nullable ResultSet rows, List<String> to) throws SQLException {
        if (rows != null) {
            assertThat(rows.next()).isTrue();
            to.add(rows.getString(1));
        }
    }

    @Test
    void eachFetchFromACursorIsAStatement() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("declare c cursor for select i from generate_series(1, 25) i");
            for (int expected : new int[] {10, 10, 5, 0}) {
                int count = 0;
                try (ResultSet rows = statement.executeQuery("fetch 10 from c")) {
                    while (rows.next()) {
                        count++;
                    }
                }
                assertThat(count).isEqualTo(expected);
            }
            connection.commit();
        }
        assertThat(finished())
                .filteredOn(query -> query.shape().text().startsWith("FETCH"))
                .extracting(Query::rows)
                .containsExactly(10L, 10L, 5L, 0L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended"})
    void copyBothWaysCountsRows(String mode) throws Exception {
        try (Connection connection = server.connect("preferQueryMode=" + mode);
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table copied(a int, b text)");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            String lines = java.util.stream.IntStream.range(0, 5_000)
                    .mapToObj(i -> i + "\ttext " + i)
                    .collect(Collectors.joining("\n", "", "\n"));
            assertThat(copy.copyIn("copy copied from stdin", new StringReader(lines)))
                    .isEqualTo(5_000);
            StringWriter out = new StringWriter();
            copy.copyOut("copy copied to stdout", out);
            assertThat(out.toString()).isEqualTo(lines);
            assertThatThrownBy(() -> copy.copyIn("copy copied from stdin", new StringReader("no number\tx\n")))
                    .isInstanceOf(SQLException.class);
            statement.execute("select 1");
        }
        assertThat(finished())
                .filteredOn(query -> query.shape().kind() == StatementKind.COPY)
                .satisfiesExactly(
                        in -> assertThat(in.rows()).isEqualTo(5_000),
                        out -> {
                            assertThat(out.rows()).isEqualTo(5_000);
                            assertThat(out.bytes()).isGreaterThan(50_000);
                            assertThat(out.firstRowNanos()).isPositive();
                        },
                        failed -> assertThat(failed.sqlState()).isEqualTo("22P02"));
        assertThat(statements().get(statements().size() - 1).rows()).isEqualTo(1);
    }

    @Test
    void whatFollowsAnErrorInAPipelineIsNotCounted() throws Exception {
        int pid;
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            pid = connection.unwrap(PGConnection.class).getBackendPID();
            statement.execute("create temp table one(id int primary key)");
            try (PreparedStatement insert = connection.prepareStatement("insert into one values (?)")) {
                for (int id : new int[] {1, 2, 2, 3, 4}) {
                    insert.setInt(1, id);
                    insert.addBatch();
                }
                assertThatThrownBy(insert::executeBatch).isInstanceOf(BatchUpdateException.class);
            }
            assertThatThrownBy(() -> statement.execute("select no_such_column")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("select 1 / i from generate_series(0, 1) i"))
                    .isInstanceOf(SQLException.class);
            statement.execute("select 'still here'");
        }
        List<Query> queries = finished();
        assertThat(queries)
                .filteredOn(query -> !"42703".equals(query.sqlState()))
                .as("what the server executed")
                .hasSize(LoggingServer.shared().executed(pid).size());
        assertThat(queries)
                .filteredOn(query -> query.shape().kind() == StatementKind.INSERT)
                .extracting(Query::sqlState)
                .containsExactly(null, null, "23505");
        assertThat(queries).extracting(Query::sqlState).contains("22012");
        assertThat(queries.get(queries.size() - 1).sqlState()).isNull();
    }

    @Test
    void aTransactionHasOneIdFromBeginToCommit() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("select 'outside'");
            connection.setAutoCommit(false);
            statement.execute("select 'first'");
            java.sql.Savepoint savepoint = connection.setSavepoint();
            assertThatThrownBy(() -> statement.execute("select 1 / i from generate_series(0, 1) i"))
                    .isInstanceOf(SQLException.class);
            connection.rollback(savepoint);
            statement.execute("select 'first again'");
            connection.commit();
            statement.execute("select 'second'");
            connection.rollback();
        }
        List<Query> queries = finished().stream()
                .filter(query -> !query.shape().text().startsWith("SET"))
                .toList();
        List<Long> ids = queries.stream().map(Query::transactionId).toList();
        assertThat(ids.get(0)).isZero();
        assertThat(ids.subList(1, 8)).containsOnly(ids.get(1)).doesNotContain(0L);
        assertThat(ids.subList(8, 11)).containsOnly(ids.get(8)).doesNotContain(0L, ids.get(1));
        assertThat(ids).hasSize(11);
    }

    @Test
    void aTraceIdCountsOnlyForTheExecutionThatItCameWith() throws Exception {
        try (Connection connection = server.connect("prepareThreshold=2");
                Statement plain = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(TRACED + "select ?::int")) {
            for (int i = 0; i < 5; i++) {
                prepared.setInt(1, i);
                prepared.executeQuery().close();
            }
            plain.execute(TRACED + "select 'plain'");
        }
        server.sink.awaitClosed(1);
        assertThat(server.sink.finished())
                .filteredOn(event -> event.query().shape().kind() == StatementKind.SELECT)
                .extracting(QueryFinished::traceId)
                // parsed with the first two executions, the second time under a name; then executed by that name
                .containsExactly(TRACE_ID, TRACE_ID, null, null, null, TRACE_ID);
    }

    @Test
    void largeObjectsAndNotificationsPass() throws Exception {
        int pid;
        try (Connection connection = server.connect("");
                Connection other = server.connect("");
                Statement statement = connection.createStatement();
                Statement notifying = other.createStatement()) {
            pid = connection.unwrap(PGConnection.class).getBackendPID();
            statement.execute("listen news");
            notifying.execute("notify news, 'hello'");
            assertThat(connection.unwrap(PGConnection.class).getNotifications(10_000))
                    .singleElement()
                    .satisfies(news -> assertThat(news.getParameter()).isEqualTo("hello"));
            connection.setAutoCommit(false);
            var objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            long id = objects.createLO();
            try (var object = objects.open(id)) {
                object.write(new byte[300_000]);
                object.seek(0);
                assertThat(object.read(300_000)).hasSize(300_000);
            }
            objects.delete(id);
            connection.commit();
        }
        server.sink.awaitClosed(2);
        long ofFirst = server.sink.connections().stream()
                .filter(connection -> connection.backendPid() == pid)
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(server.sink.queries())
                .filteredOn(query -> query.connectionId() == ofFirst)
                .hasSize(LoggingServer.shared().executed(pid).size());
    }

    @Test
    void cancelRequestsReachTheServer() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            Cancelling.assertCancels(statement);
            statement.execute("select 1");
        }
        assertThat(statements()).extracting(Query::sqlState).containsExactly("57014", null);
    }

    @Test
    void protocol32IsReadToo() throws Exception {
        try (Connection connection = server.connect("protocolVersion=3.2");
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            Cancelling.assertCancels(statement);
        }
        assertThat(statements()).hasSize(2);
        assertThat(server.sink.connections().get(0).backendPid()).isPositive();
    }

    private List<Query> finished() {
        server.sink.awaitClosed(1);
        return server.sink.queries();
    }

    private List<Query> statements() {
        server.sink.awaitClosed(1);
        return server.sink.statements();
    }
}
