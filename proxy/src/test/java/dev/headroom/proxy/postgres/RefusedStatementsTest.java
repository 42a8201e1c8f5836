package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.trace.Query;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Statements that fail before they are executed: while they are parsed, bound or described. */
class RefusedStatementsTest {
    private final ProxiedServer server = ProxiedServer.ofShared();

    @AfterEach
    void stop() {
        assertThat(server.sink.meter().counters().uninterpretedConnections()).isZero();
        assertThat(server.sink.meter().counters().shedDetails()).isZero();
        assertThat(server.failures()).isZero();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "prepareThreshold=1",
                "prepareThreshold=0",
                "preferQueryMode=simple",
                "preferQueryMode=extendedForPrepared"
            })
    void eachFailureOfTheServersLogIsOneQueryWithItsState(String settings) throws Exception {
        int pid;
        try (Connection connection = server.connect(settings);
                Statement statement = connection.createStatement()) {
            pid = connection.unwrap(PGConnection.class).getBackendPID();
            for (int round = 0; round < 2; round++) {
                refuses(connection, "select a from nowhere where b = ?", 1);
                refuses(connection, "select no_such_column from pg_class where oid = ?", 1);
                refuses(connection, "selec ?", 1);
                refuses(connection, "select ?::int", "a secret");
                statement.execute("select 'in between'");
            }
            connection.setAutoCommit(false);
            refuses(connection, "insert into nowhere values (?)", 1);
            refuses(connection, "select ? + 1", 1);
            connection.rollback();
            statement.execute("select 'the last'");
        }
        List<Query> queries = finished();
        List<String> failed = LoggingServer.shared().failed(pid);
        assertThat(failed).contains("42P01", "42703", "42601", "22P02", "25P02").hasSize(10);
        assertThat(queries)
                .filteredOn(query -> query.sqlState() != null)
                .extracting(Query::sqlState)
                .isEqualTo(failed);
        assertThat(queries)
                .filteredOn(query -> "42P01".equals(query.sqlState()))
                .hasSize(3)
                .allSatisfy(query -> {
                    assertThat(query.shape().tables()).containsExactly("nowhere");
                    assertThat(query.endNanos()).isGreaterThanOrEqualTo(query.startNanos());
                    assertThat(query.bytes()).isPositive();
                    assertThat(query.values().get(0)).isEqualTo(server.digester.digest("1"));
                });
        assertThat(queries)
                .filteredOn(query -> query.sqlState() == null && query.rows() == 1)
                .hasSize(3);
        assertThat(queries.toString()).doesNotContain("a secret");
    }

    @Test
    void aFailureIsPartOfItsTransaction() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1");
            refuses(connection, "select a from nowhere where b = ?", 1);
            connection.rollback();
        }
        List<Query> queries = finished().stream()
                .filter(query -> !query.shape().text().startsWith("SET"))
                .toList();
        assertThat(queries)
                .hasSize(4)
                .extracting(Query::transactionId)
                .containsOnly(queries.get(0).transactionId());
    }

    @Test
    void aStatementThatIsOnlyPreparedFailsAsOne() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.frame('P', bytes("s1\0select a from nowhere where b = $1\0", 0, 0));
            app.frame('D', bytes("Ss1\0"));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
            app.query("select 1");
            app.readUntil('Z');
        }
        assertThat(finished()).extracting(Query::sqlState).containsExactly("42P01", null);
        assertThat(finished().get(0).valuesComplete()).as("none were sent").isFalse();
    }

    @Test
    void aBindToAStatementThatIsNotThereFails() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.frame('B', bytes("\0missing\0", 0, 0, 0, 0, 0, 0));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
        }
        assertThat(finished())
                .singleElement()
                .satisfies(query -> assertThat(query.sqlState()).isEqualTo("26000"));
    }

    @Test
    void aNameThatIsTakenStaysThatOfItsStatement() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.frame('P', bytes("taken\0select 'the first', $1::int\0", 0, 0));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
            // the first is refused, the others are skipped
            app.frame('P', bytes("taken\0select 'the second'\0", 0, 0));
            app.frame('P', bytes("taken\0select 'the third'\0", 0, 0));
            app.frame('P', bytes("taken\0selec\0", 0, 0));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
            execute(app, "taken");
        }
        assertThat(finished()).extracting(Query::sqlState).containsExactly("42P05", null);
        assertThat(finished().get(1).shape().text()).isEqualTo("SELECT ?, ?::int");
        assertThat(finished().get(1).values().get(1)).isEqualTo(server.digester.digest("7"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStatementWhoseCloseTheServerSkipsIsStillThere(boolean preparedAgain) throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.frame('P', bytes("kept\0select 'the first', $1::int\0", 0, 0));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
            // in one piece, so that all of it is read before the server's answer
            ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
            pipeline.write(RawApp.message('P', bytes("\0selec\0", 0, 0)));
            pipeline.write(RawApp.message('C', bytes("Skept\0")));
            if (preparedAgain) {
                pipeline.write(RawApp.message('P', bytes("kept\0select 'the second'\0", 0, 0)));
            }
            pipeline.write(RawApp.message('S', new byte[0]));
            app.out.write(pipeline.toByteArray());
            app.readUntil('Z');
            execute(app, "kept");
            app.frame('C', bytes("Skept\0"));
            execute(app, "kept");
        }
        assertThat(finished()).extracting(Query::sqlState).containsExactly("42601", null, "26000");
        assertThat(finished().get(1).shape().text()).isEqualTo("SELECT ?, ?::int");
        assertThat(finished().get(1).values().get(1)).isEqualTo(server.digester.digest("7"));
    }

    private static void execute(RawApp app, String name) throws IOException {
        app.frame('B', bytes("\0" + name + "\0", 0, 0, 0, 1, 0, 0, 0, 1, '7', 0, 0));
        app.frame('E', bytes("\0", 0, 0, 0, 0));
        app.frame('S', new byte[0]);
        app.readUntil('Z');
    }

    @Test
    void aPortalWhoseCloseTheServerSkipsEndsWithItsTransaction() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.query("begin");
            app.readUntil('Z');
            app.frame('P', bytes("\0select i from generate_series(1, 9) i\0", 0, 0));
            app.frame('B', bytes("rows\0\0", 0, 0, 0, 0, 0, 0));
            app.frame('E', bytes("rows\0", 0, 0, 0, 4));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
            ByteArrayOutputStream pipeline = new ByteArrayOutputStream();
            pipeline.write(RawApp.message('P', bytes("\0selec\0", 0, 0)));
            pipeline.write(RawApp.message('C', bytes("Prows\0")));
            pipeline.write(RawApp.message('S', new byte[0]));
            app.out.write(pipeline.toByteArray());
            app.readUntil('Z');
            app.query("rollback");
            app.readUntil('Z');
        }
        assertThat(finished()).extracting(Query::sqlState).containsExactlyInAnyOrder(null, null, "42601", null);
        assertThat(finished()).extracting(Query::rows).contains(4L);
    }

    @Test
    void whatARefusedBindWasToReplaceHasEnded() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.frame('P', bytes("\0select i from generate_series(1, 9) i where i > $1::int\0", 0, 0));
            app.frame('B', bytes("\0\0", 0, 0, 0, 1, 0, 0, 0, 1, '0', 0, 0));
            app.frame('E', bytes("\0", 0, 0, 0, 4));
            app.frame('B', bytes("\0\0", 0, 0, 0, 1, 0, 0, 0, 1, 'x', 0, 0));
            app.frame('E', bytes("\0", 0, 0, 0, 0));
            app.frame('S', new byte[0]);
            app.readUntil('Z');
        }
        assertThat(finished()).extracting(Query::sqlState).containsExactlyInAnyOrder(null, "22P02");
        assertThat(finished()).extracting(Query::rows).containsExactlyInAnyOrder(4L, 0L);
    }

    @Test
    void aTextOfSeveralStatementsThatCannotBeParsedIsNotSaidToFailInItsFirst() throws Exception {
        try (RawApp app = new RawApp(server.port).start()) {
            app.query("select 1; selec 2");
            app.readUntil('Z');
            app.query("select 1; select 1 / 0");
            app.readUntil('Z');
        }
        assertThat(finished()).extracting(Query::sqlState).containsExactly(null, "22012");
    }

    private static void refuses(Connection connection, String sql, Object value) {
        assertThatThrownBy(() -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        statement.setObject(1, value, value instanceof Integer ? Types.INTEGER : Types.OTHER);
                        statement.execute();
                    }
                })
                .isInstanceOf(SQLException.class);
    }

    private static byte[] bytes(String text, int... more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
        for (int one : more) {
            bytes.write(one);
        }
        return bytes.toByteArray();
    }

    private List<Query> finished() {
        server.sink.awaitClosed(1);
        return server.sink.queries();
    }
}
