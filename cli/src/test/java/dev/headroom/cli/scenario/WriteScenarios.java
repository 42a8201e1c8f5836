package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.guard;
import static dev.headroom.cli.scenario.WireScenario.scenario;

import dev.headroom.core.check.Evidence;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** Writes, transactions, connections and failures. */
final class WriteScenarios {
    private static final String WRITE = "repeated-write";
    private static final String INSERT = "insert into audit (what) values (?)";

    private WriteScenarios() {}

    static List<WireScenario> all() {
        List<WireScenario> all = new ArrayList<>();
        all.addAll(rows());
        all.addAll(transactions());
        all.addAll(connectionsAndFailures());
        all.addAll(leftOpen());
        return all;
    }

    private static WireScenario.Work rowByRow(String sql) {
        return db -> {
            db.connection().setAutoCommit(false);
            for (int i = 1; i <= 30; i++) {
                db.write(sql, i);
            }
        };
    }

    private static List<WireScenario> rows() {
        return List.of(
                scenario(
                                "99 the same INSERT, row by row",
                                rowByRow("insert into audit (what) values ('row ' || ?::int)"))
                        .mentions(WRITE)
                        .known(Evidence.PROVEN),
                scenario("INSERT with RETURNING, row by row", db -> {
                            db.connection().setAutoCommit(false);
                            for (int i = 1; i <= 30; i++) {
                                db.ask(INSERT + " returning id", "row");
                            }
                        })
                        .mentions(WRITE),
                scenario("UPDATE, row by row", rowByRow("update users set name = name where id = ?"))
                        .mentions(WRITE),
                scenario("DELETE, row by row", rowByRow("delete from audit where id = ?"))
                        .mentions(WRITE),
                scenario(
                                "an upsert, row by row",
                                rowByRow("insert into roles (id, name) values (?, 'x') on conflict (id) do nothing"))
                        .mentions(WRITE),
                scenario("a JDBC batch", WriteScenarios::batch),
                scenario("a JDBC batch", WriteScenarios::batch).over("reWriteBatchedInserts=true"),
                scenario(
                        "twelve in one message",
                        db -> db.run(String.join(
                                ";",
                                IntStream.range(0, 12)
                                        .mapToObj(i -> "insert into audit (what) values ('" + i + "')")
                                        .toList()))),
                scenario(
                        "one statement of thirty rows",
                        db -> db.run("insert into audit (what) values "
                                + String.join(
                                        ", ",
                                        IntStream.range(0, 30)
                                                .mapToObj(i -> "('" + i + "')")
                                                .toList()))),
                scenario("COPY", db -> {
                    byte[] rows = "copied\n".repeat(30).getBytes(StandardCharsets.UTF_8);
                    db.connection()
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy audit (what) from stdin", new ByteArrayInputStream(rows));
                }),
                scenario("four rows", db -> {
                    for (int i = 0; i < 4; i++) {
                        db.write(INSERT, "row " + i);
                    }
                }),
                scenario("55 lines of an order that was just created", db -> {
                    db.connection().setAutoCommit(false);
                    Object id = db.column("insert into audit (what) values (?) returning id", "order")
                            .get(0);
                    for (int line = 1; line <= 3; line++) {
                        db.write("update audit set what = ? where id = ?", "line " + line, id);
                    }
                    db.ask("select what from audit where id = ?", id);
                }),
                scenario("31 a uniqueness check for each save", db -> {
                            db.connection().setAutoCommit(false);
                            for (int i = 0; i < 12; i++) {
                                db.ask("select 1 from products where code = ?", "N-" + i);
                                db.write("insert into products values (?, 'new')", "N-" + i);
                            }
                            db.connection().rollback();
                        })
                        .tolerates("repeated-query", WRITE));
    }

    private static List<WireScenario> transactions() {
        return List.of(
                scenario("a transaction for each of 25 different statements", db -> {
                            db.connection().setAutoCommit(false);
                            for (int i = 1; i <= 25; i++) {
                                db.ask("select " + i + " as c" + i + " from users where id = ?", i);
                                db.connection().commit();
                            }
                        })
                        .mentions("transaction-per-statement")
                        .known(Evidence.PROVEN),
                scenario("25 different statements in one transaction", db -> {
                    db.connection().setAutoCommit(false);
                    for (int i = 1; i <= 25; i++) {
                        db.ask("select " + i + " as c" + i + " from users where id = ?", i);
                    }
                }),
                scenario("a transaction held over 300 ms after a write", db -> {
                            db.connection().setAutoCommit(false);
                            db.write("update users set name = name where id = ?", db.request());
                            Thread.sleep(300);
                            db.ask("select id from users where id = ?", db.request());
                        })
                        .times(4)
                        .reports("idle-in-transaction")
                        .known(Evidence.PROVEN),
                scenario("300 ms before the transaction", db -> {
                            Thread.sleep(300);
                            db.connection().setAutoCommit(false);
                            db.write("update users set name = name where id = ?", db.request());
                            db.ask("select id from users where id = ?", db.request());
                        })
                        .times(4));
    }

    private static List<WireScenario> connectionsAndFailures() {
        return List.of(
                scenario("a connection for each request", db -> {
                            try (Connection own = db.fresh()) {
                                Db.ask(own, "select id from users where id = ?", db.request());
                            }
                        })
                        .times(12)
                        .reports("repeated-set-up")
                        .known(Evidence.PROVEN),
                scenario(
                                "a value that must be unique is not, and the app expects it",
                                db -> fails(db, "insert into roles values (1, 'a secret')"))
                        .mentions("failed-query")
                        .known(Evidence.PROVEN),
                missingTable(""),
                missingTable("preferQueryMode=simple"),
                missingTable("prepareThreshold=1"),
                guard("a value that does not fit is bound", db -> refused(db, "select ?::uuid", "a secret"))
                        .mentions("failed-query")
                        .known(Evidence.PROVEN),
                scenario("a statement that takes too long", db -> {
                            db.run("set statement_timeout = 50");
                            fails(db, "select pg_sleep(5)");
                            db.run("set statement_timeout = 0");
                        })
                        .mentions("failed-query"));
    }

    private static void batch(Db db) throws SQLException {
        try (PreparedStatement insert = db.connection().prepareStatement(INSERT)) {
            for (int i = 0; i < 50; i++) {
                insert.setString(1, "row " + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static List<WireScenario> leftOpen() {
        Deque<Connection> kept = new ArrayDeque<>();
        return List.of(
                guard("102 a connection not returned, and never used again", db -> {
                            if (db.request() == 1) {
                                kept.push(db.fresh());
                                kept.element().setAutoCommit(false);
                                Db.ask(kept.element(), "select id from users where id = ?", 1);
                            } else {
                                Thread.sleep(5_200); // a transaction is left open from 5 s on
                                db.ask("select name from users where id = ?", 1);
                                kept.pop().close();
                            }
                        })
                        .times(2)
                        .reports("transaction-left-open")
                        .known(Evidence.PROVEN),
                guard("102 its twin: rolled back where the work fails", db -> {
                            try (Connection own = db.fresh()) {
                                own.setAutoCommit(false);
                                try {
                                    Db.ask(own, "select 1 / (id - id) from users where id = ?", db.request());
                                } catch (SQLException e) {
                                    own.rollback();
                                }
                            }
                        })
                        .times(3)
                        .mentions("failed-query"));
    }

    private static WireScenario missingTable(String settings) {
        return scenario("a table that is not there", db -> fails(db, "select id from nowhere"))
                .times(3)
                .over(settings)
                .mentions("failed-query")
                .known(Evidence.PROVEN);
    }

    private static void refused(Db db, String sql, String value) {
        try {
            db.ask(sql, value);
        } catch (SQLException e) {
            return;
        }
        throw new IllegalStateException(sql + " should have failed");
    }

    private static void fails(Db db, String sql) {
        try {
            db.run(sql);
        } catch (SQLException e) {
            return;
        }
        throw new IllegalStateException(sql + " should have failed");
    }
}
