package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Level;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScenariosOverTheWireTest {
    private static final String USER = "select id, name from users where id = ?";

    private static EmbeddedPostgres server;

    @BeforeAll
    static void fill() throws IOException, SQLException {
        server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table users (id int primary key, name text);"
                    + "create table orders (id int primary key, quantity int, user_id int references users);"
                    + "create table lines (id int primary key);"
                    + "insert into users select i, 'user ' || i from generate_series(1, 100) i;"
                    + "insert into orders select i, i, 21 - i from generate_series(1, 20) i");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prepareThreshold=0", "prepareThreshold=1", "preferQueryMode=simple", "defaultRowFetchSize=3"})
    void aLookUpPerRowIsProvenWhateverTheProtocolAndTheDecoyIsNotNamed(String parameters) throws SQLException {
        assertThat(diagnose(parameters, connection -> {
                    connection.setAutoCommit(false);
                    for (int user : users(connection)) {
                        ask(connection, USER, user);
                    }
                }))
                .filteredOn(finding -> finding.level() == Level.PROBLEM)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("repeated-query");
                    assertThat(finding.evidence()).isEqualTo(Evidence.PROVEN);
                    assertThat(finding.details())
                            .containsEntry("feedColumn", "orders.user_id")
                            .containsEntry("targetColumn", "users.id")
                            .containsEntry("timesPerRequest", 20L);
                });
    }

    @Test
    void theSameQuestionAgainIsADuplicateUnlessTheTableWasWritten() throws SQLException {
        assertThat(diagnose("", connection -> {
                    ask(connection, USER, 7);
                    ask(connection, USER, 7);
                }))
                .extracting(Finding::check)
                .containsExactly("duplicate-query");
        assertThat(diagnose("", connection -> {
                    ask(connection, USER, 7);
                    run(connection, "update users set name = name where id = 9");
                    ask(connection, USER, 7);
                }))
                .isEmpty();
    }

    @Test
    void listsAndArraysAreNoRepeats() throws SQLException {
        assertThat(diagnose("", connection -> {
                    for (int i = 0; i < 12; i++) {
                        try (PreparedStatement in =
                                        connection.prepareStatement("select id from users where id in (?, ?, ?)");
                                PreparedStatement any =
                                        connection.prepareStatement("select name from users where id = any(?)")) {
                            Array ids = connection.createArrayOf("int4", new Object[] {i, i + 1});
                            any.setArray(1, ids);
                            any.executeQuery().close();
                            for (int j = 1; j <= 3; j++) {
                                in.setInt(j, i * 3 + j);
                            }
                            in.executeQuery().close();
                        }
                    }
                }))
                .isEmpty();
    }

    @Test
    void insertsInABatchAreSilentAndOneByOneTheyAreNoted() throws SQLException {
        assertThat(diagnose("", connection -> {
                    try (PreparedStatement insert = connection.prepareStatement("insert into lines values (?)")) {
                        for (int i = 0; i < 50; i++) {
                            insert.setInt(1, i);
                            insert.addBatch();
                        }
                        insert.executeBatch();
                    }
                }))
                .isEmpty();
        assertThat(diagnose("", connection -> {
                    for (int i = 100; i < 110; i++) {
                        run(connection, "insert into lines values (" + i + ")");
                    }
                }))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.check()).isEqualTo("repeated-write");
                    assertThat(finding.level()).isEqualTo(Level.NOTE);
                });
    }

    @Test
    void aFailureIsToldByItsStateAlone() throws SQLException {
        assertThat(diagnose(
                        "",
                        connection -> assertThatThrownBy(
                                        () -> run(connection, "insert into users values (7, 'secret')"))
                                .isInstanceOf(SQLException.class)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.details()).containsEntry("sqlState", "23505");
                    assertThat(finding.toString()).doesNotContain("secret");
                });
    }

    @Test
    void aTransactionPerStatementIsSeen() throws SQLException {
        assertThat(diagnose("", connection -> {
                    connection.setAutoCommit(false);
                    for (int i = 1; i <= 25; i++) {
                        ask(connection, "select " + i + " as c" + i + " from users where id = ?", i);
                        connection.commit();
                    }
                }))
                .extracting(Finding::check)
                .contains("transaction-per-statement");
    }

    private static List<Finding> diagnose(String parameters, WiredRequest.Work work) throws SQLException {
        return WiredRequest.diagnose(server.getPort(), parameters, work);
    }

    private static List<Integer> users(Connection connection) throws SQLException {
        List<Integer> users = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id, quantity, user_id from orders order by id desc")) {
            while (rows.next()) {
                users.add(rows.getInt("user_id"));
            }
        }
        return users;
    }

    private static void ask(Connection connection, String sql, int value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, value);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
