package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ValueSample;
import dev.headroom.core.trace.ValueSample.Which;
import dev.headroom.proxy.postgres.catalogue.Plan;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that are executed again, with recorded values, on a real server. */
@Timeout(120)
class AnalyzeTest {
    private static final int SECONDS = 30;
    private static final Upstream SHARED =
            Upstream.plain("127.0.0.1", LoggingServer.shared().port());

    @TempDir
    Path folder;

    private ProxiedServer server;

    @BeforeEach
    void start() throws SQLException {
        server = ProxiedServer.recordingValues(SHARED);
        directly(
                "drop schema if exists analyzed cascade",
                "create schema analyzed",
                "create table analyzed.item(id int primary key, name text, price numeric, made timestamp, code uuid)",
                "insert into analyzed.item select n, 'item ' || n, n, now(), null from generate_series(1, 1000) n",
                "create sequence analyzed.s",
                "create function analyzed.writes(int) returns int language sql"
                        + " as 'insert into analyzed.item values ($1 + 100000) returning id'",
                "create function analyzed.quiet(int) returns int immutable language sql as 'select $1'",
                "create function analyzed.noisy(analyzed.item) returns int language plpgsql"
                        + " as 'begin perform pg_advisory_lock(7); return 1; end'",
                "create function public.analyzed_noisy(analyzed.item) returns int language sql"
                        + " as 'select analyzed.noisy($1)'",
                "create view analyzed.seen as select id, analyzed.noisy(item) from analyzed.item",
                "create function analyzed.sum_noisily(int, int) returns int language plpgsql"
                        + " as 'begin return $1 + $2; end'",
                "create aggregate analyzed.total(int) (sfunc = analyzed.sum_noisily, stype = int, initcond = '0')",
                "create operator analyzed.<+> (leftarg = int, rightarg = int, function = analyzed.sum_noisily)");
    }

    @AfterEach
    void stop() throws SQLException {
        server.close();
        directly("drop schema if exists analyzed cascade");
    }

    @ParameterizedTest
    @CsvSource({"prepareThreshold=-1, true", "binaryTransfer=false, false"})
    void executesWithTheValuesThatPgjdbcBound(String parameters, boolean binary) throws Exception {
        try (Connection app = server.connect(parameters);
                PreparedStatement statement = app.prepareStatement("SELECT name FROM analyzed.item WHERE id = ?"
                        + " AND name <> ? AND price < ? AND made > ? AND (code = ? OR code IS NULL)")) {
            statement.setInt(1, 417);
            statement.setString(2, "o'clock");
            statement.setBigDecimal(3, new BigDecimal("5000.25"));
            statement.setTimestamp(4, Timestamp.valueOf("2001-02-03 04:05:06"));
            statement.setObject(5, UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
            rows(statement);
        }

        Plan plan = analyzeTheLast(Which.LATEST);

        assertThat(plan.note()).contains("Executed on postgres as postgres", "rolled back");
        assertThat(plan.text())
                .contains("\"Actual Rows\": 1", "Shared Hit Blocks", "id = 417", "5000.25", "2001-02-03");
        boolean bound = server.proxy
                .plans()
                .samples(lastShape())
                .get(0)
                .parameters()
                .get(0)
                .binary();
        assertThat(bound).isEqualTo(binary);
    }

    @Test
    void executesWithTheLiteralsThatPsycopg2Sent() throws Exception {
        assumeThat(Command.works(List.of("/usr/bin/python3", "-c", "import psycopg2"), Map.of()))
                .as("python3-psycopg2 is installed")
                .isTrue();
        Path script = Files.writeString(folder.resolve("app.py"), """
                import psycopg2, sys
                connection = psycopg2.connect(host='127.0.0.1', port=sys.argv[1], user='postgres', dbname='postgres')
                cursor = connection.cursor()
                cursor.execute("SELECT name FROM analyzed.item WHERE id IN %s AND name LIKE %s", ((3, 4), "it%m 'é' 4"))
                cursor.execute("SELECT count(*) FROM analyzed.item WHERE name = %s", ("item 5",))
                """);
        Command.run(List.of("/usr/bin/python3", script.toString(), "" + server.port));
        server.sink.awaitClosed(1);

        Query first = server.sink.statements().get(0);
        assertThat(server.proxy
                        .plans()
                        .analyze(first.shape().id(), Which.SLOWEST, SECONDS)
                        .text())
                .contains("it%m ''é'' 4")
                .contains("{3,4}");
        assertThat(analyzeTheLast(Which.SLOWEST).text()).contains("item 5");
    }

    @Test
    void keepsTheSlowestExecutionAndTheLatest() throws Exception {
        try (Connection app = server.connect("");
                PreparedStatement statement =
                        app.prepareStatement("SELECT count(*) FROM generate_series(1, ?::bigint) n")) {
            for (long rows : new long[] {5, 1_500_000, 7}) {
                statement.setLong(1, rows);
                rows(statement);
            }
        }

        assertThat(analyzeTheLast(Which.SLOWEST).text()).contains("\"Actual Rows\": 1500000");
        assertThat(analyzeTheLast(Which.LATEST).text()).contains("\"Actual Rows\": 7");
        assertThat(server.proxy.plans().samples(lastShape()))
                .extracting(ValueSample::which)
                .containsExactly(Which.SLOWEST, Which.LATEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '`',
            value = {
                "WITH gone AS (DELETE FROM analyzed.item WHERE id = 5 RETURNING id) SELECT * FROM gone → no execution of it was kept",
                "SELECT id FROM analyzed.item WHERE id = 5 FOR UPDATE        → locks rows",
                "SELECT nextval('analyzed.s')                                → nextval(), which is volatile",
                "SELECT 1, set_config('lock_timeout', '1', false)            → set_config(), which is volatile",
                "SELECT 1, pg_sleep(0)                                       → pg_sleep()",
                "SELECT 1 WHERE pg_try_advisory_lock(3)                      → pg_try_advisory_lock()",
                "SELECT 1, pg_terminate_backend(0)                           → pg_terminate_backend()",
                "SELECT query_to_xml('select 1', true, true, '')             → query_to_xml()",
                "SELECT lo_creat(-1)                                         → lo_creat()",
                "SELECT analyzed.writes(id) FROM analyzed.item WHERE id = 1  → writes(), which is volatile",
                "SELECT \"analyzed\".\"writes\" (2)                          → writes()",
                "SELECT i.analyzed_noisy FROM analyzed.item i LIMIT 1        → noisy()",
                "SELECT * FROM analyzed.seen                                 → noisy()",
                "SELECT analyzed.total(id) FROM analyzed.item                → total()",
                "SELECT 1 OPERATOR(analyzed.<+>) 2                           → the operator <+>",
            })
    void refusesWhatMayDoMoreThanRead(String text, String why) throws Exception {
        try (Connection app = server.connect("preferQueryMode=simple");
                Statement statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute(text);
            app.rollback();
        }
        Plan plan = analyzeTheLast(Which.LATEST);

        assertThat(plan.text()).isNull();
        assertThat(plan.note()).startsWith("Not run: ").contains(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "create cast (int as analyzed.pair) with function analyzed.paired(int) → 417::analyzed.pair → analyzed.pair",
                "create domain analyzed.checked as int check (analyzed.noisily_true(value)) → 417::analyzed.checked → analyzed.checked",
            })
    void refusesWhatIsCalledWithoutBeingNamed(String definition, String value, String type) throws Exception {
        directly(
                "create type analyzed.pair as (one int)",
                "create function analyzed.paired(int) returns analyzed.pair language plpgsql"
                        + " as 'begin return row($1); end'",
                "create function analyzed.noisily_true(int) returns boolean language plpgsql"
                        + " as 'begin perform nextval(''analyzed.s''); return true; end'");
        String text = "SELECT count(*) FROM analyzed.item";
        read(text);
        assertThat(analyzeTheLast(Which.LATEST).text()).as("before").contains("Actual");
        directly(definition);
        for (String each : List.of("SELECT " + value, text)) {
            read(each);
            Plan plan = analyzeTheLast(Which.LATEST);
            assertThat(plan.text()).as(each).isNull();
            assertThat(plan.note()).as(each).startsWith("Not run: ").contains(type, "volatile");
        }
    }

    private void read(String text) throws SQLException {
        try (Connection app = server.connect("preferQueryMode=simple");
                Statement statement = app.createStatement()) {
            statement.execute(text);
        }
    }

    @Test
    void refusesToReadAForeignTable() throws Exception {
        try (InstalledServer installed = InstalledServer.start()) {
            assumeThat(installed).as("PostgreSQL of the system's packages").isNotNull();
            try (ProxiedServer other = ProxiedServer.recordingValues(
                    Upstream.plain("127.0.0.1", Objects.requireNonNull(installed).port))) {
                try (Connection app = other.connect("preferQueryMode=simple");
                        Statement statement = app.createStatement()) {
                    statement.execute("create extension file_fdw");
                    statement.execute("create server files foreign data wrapper file_fdw");
                    statement.execute("create foreign table elsewhere(line text) server files"
                            + " options (filename '/dev/null')");
                    statement.execute("create view innocent as select line from elsewhere");
                    statement.execute("SELECT line FROM innocent WHERE line <> ''");
                }
                other.sink.awaitClosed(1);
                List<Query> statements = other.sink.statements();
                Plan plan = other.proxy
                        .plans()
                        .analyze(statements.get(statements.size() - 1).shape().id(), Which.LATEST, SECONDS);

                assertThat(plan.text()).isNull();
                assertThat(plan.note()).startsWith("Not run: ").contains("foreign table");
            }
        }
    }

    @Test
    void functionsThatOnlyComputeAreRun() throws Exception {
        try (Connection app = server.connect("preferQueryMode=simple");
                Statement statement = app.createStatement()) {
            statement.execute(
                    "SELECT analyzed.quiet(id), lower(name), coalesce(price, 1), random(), now(), count(*) OVER (),"
                            + " extract(year from made), trim(name), name::varchar(10) FROM analyzed.item"
                            + " WHERE id IN (1, 2) AND name LIKE 'i%' ORDER BY (id) LIMIT 5");
        }

        assertThat(analyzeTheLast(Which.LATEST).text()).contains("\"Actual Rows\": 2");
    }

    @Test
    void keepsNothingOfWritesOrPasswords() throws Exception {
        try (Connection app = server.connect("");
                Statement statement = app.createStatement();
                PreparedStatement write = app.prepareStatement("UPDATE analyzed.item SET name = ? WHERE id = 1")) {
            write.setString(1, "marker-of-a-write");
            write.execute();
            statement.execute("CREATE ROLE analyzed_role PASSWORD 'marker-of-a-password'");
            statement.execute("ALTER ROLE analyzed_role PASSWORD 'marker-of-a-password'");
            statement.execute("DROP ROLE analyzed_role");
            statement.execute("SELECT 1; ALTER ROLE postgres PASSWORD 'marker-of-a-password'");
            rows(app.prepareStatement("SELECT 'marker-of-a-read'"));
        }
        server.sink.awaitClosed(1);
        server.close();

        assertThat(values())
                .contains("SELECT 'marker-of-a-read'")
                .noneMatch(text -> text.contains("password") || text.contains("write"));
        for (Query query : server.sink.statements()) {
            if (query.shape().kind().writes()) {
                assertThat(server.proxy
                                .plans()
                                .analyze(query.shape().id(), Which.LATEST, SECONDS)
                                .note())
                        .contains("no execution of it was kept");
            }
        }
    }

    @Test
    void whatIsTooLargeIsNotKept() throws Exception {
        try (Connection app = server.connect("");
                PreparedStatement statement = app.prepareStatement("SELECT length(?)")) {
            statement.setString(1, "x".repeat(40_000));
            rows(statement);
        }
        server.sink.awaitClosed(1);
        assertThat(server.proxy.unkeptValues()).isEqualTo(1);

        assertThat(analyzeTheLast(Which.LATEST).note()).contains("no execution of it was kept");
    }

    @Test
    void keepsFourMegabytesAtMostAndCountsTheRest() throws Exception {
        int statements = 100;
        try (Connection app = server.connect("preferQueryMode=simple");
                Statement statement = app.createStatement()) {
            for (int i = 0; i < statements; i++) {
                statement.execute("SELECT '" + "x".repeat(30_000) + "' AS c" + i);
            }
        }
        server.sink.awaitClosed(1);

        List<ValueSample> kept = new ArrayList<>();
        long shapesKept = 0;
        for (Query query : server.sink.statements()) {
            List<ValueSample> samples =
                    server.proxy.plans().samples(query.shape().id());
            shapesKept += samples.isEmpty() ? 0 : 1;
            kept.addAll(samples);
        }
        assertThat(kept.stream().mapToLong(ValueSample::weight).sum()).isBetween(3L << 20, 4L << 20);
        assertThat(server.proxy.unkeptValues()).isEqualTo(statements - shapesKept);
    }

    @Test
    void aStatementThatWouldRunTooLongIsEnded() throws Exception {
        try (Connection app = server.connect("");
                PreparedStatement statement = app.prepareStatement(
                        "SELECT count(*) FROM generate_series(1, 3000000) a, generate_series(1, 3000000) b");
                Statement limit = app.createStatement()) {
            limit.execute("SET statement_timeout = '100ms'");
            try {
                rows(statement);
            } catch (SQLException expected) {
                assertThat(expected.getSQLState()).isEqualTo("57014");
            }
        }
        server.sink.awaitClosed(1);
        long shape = lastShape();

        Plan plan = server.proxy.plans().analyze(shape, Which.LATEST, 1);

        assertThat(plan.text()).isNull();
        assertThat(plan.note()).contains("not done after 1 s", "statement_timeout");
    }

    @Test
    void leavesTheDatabaseAsItWas() throws Exception {
        directly(
                "create function analyzed.lies() returns int stable language plpgsql"
                        + " as 'begin perform analyzed.writes(1); return 1; end'",
                "create function analyzed.lies_more() returns bigint stable language sql"
                        + " as 'select nextval(''analyzed.s'')'");
        for (String text :
                List.of("SELECT analyzed.lies()", "SELECT analyzed.lies_more()", "SELECT max(id) FROM analyzed.item")) {
            try (Connection app = server.connect("preferQueryMode=simple");
                    Statement statement = app.createStatement()) {
                app.setAutoCommit(false);
                statement.execute(text);
                app.rollback();
            }
            long shape = lastShape();
            String before = content();

            assertThat(server.proxy
                            .plans()
                            .analyze(shape, Which.LATEST, SECONDS)
                            .note())
                    .as(text)
                    .containsAnyOf("read-only transaction", "Executed");
            assertThat(content()).as(text).isEqualTo(before);
        }
    }

    @Test
    void saysThatTheDatabaseIsGone() throws Exception {
        try (InstalledServer installed = InstalledServer.start()) {
            assumeThat(installed).as("PostgreSQL of the system's packages").isNotNull();
            try (ProxiedServer other = ProxiedServer.recordingValues(
                    Upstream.plain("127.0.0.1", Objects.requireNonNull(installed).port))) {
                try (Connection app = other.connect("");
                        PreparedStatement statement = app.prepareStatement("SELECT 5 + ?")) {
                    statement.setInt(1, 6);
                    rows(statement);
                }
                other.sink.awaitClosed(1);
                long shape = other.sink.statements().get(0).shape().id();
                assertThat(other.proxy
                                .plans()
                                .analyze(shape, Which.LATEST, SECONDS)
                                .text())
                        .contains("Actual");
                installed.stop();

                assertThat(other.proxy
                                .plans()
                                .analyze(shape, Which.LATEST, SECONDS)
                                .note())
                        .contains("cannot be reached");
            }
        }
    }

    @Test
    void withoutBeingAskedToNothingIsKept() throws Exception {
        try (ProxiedServer other = ProxiedServer.ofShared()) {
            try (Connection app = other.connect("");
                    PreparedStatement statement = app.prepareStatement("SELECT ?::int")) {
                statement.setInt(1, 6);
                rows(statement);
            }
            other.sink.awaitClosed(1);
            long shape = other.sink.statements().get(0).shape().id();

            assertThat(other.proxy.plans().samples(shape)).isEmpty();
            assertThat(other.proxy.plans().analyze(shape, Which.LATEST, SECONDS).note())
                    .contains("no execution of it was kept");
        }
    }

    private List<String> values() {
        List<String> texts = new ArrayList<>();
        server.sink.await("values", sink -> {
            texts.clear();
            sink.values().forEach(sample -> texts.add(sample.text()));
            return !texts.isEmpty();
        });
        return texts;
    }

    private Plan analyzeTheLast(Which which) {
        return server.proxy.plans().analyze(lastShape(), which, SECONDS);
    }

    /** The last statement of all connections, which the app has ended. */
    private long lastShape() {
        long ended = System.nanoTime();
        server.sink.await(
                "all connections closed",
                // the latest may not have been stated at all yet
                sink -> sink.statedUpTo() - ended >= 0
                        && sink.connections().stream()
                                .allMatch(connection -> sink.connections().stream()
                                        .anyMatch(end -> end.id() == connection.id() && end.closedNanos() != 0)));
        List<Query> statements = server.sink.statements();
        return statements.get(statements.size() - 1).shape().id();
    }

    private static void rows(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                assertThat(rows.getObject(1)).isNotNull();
            }
        }
    }

    private static String content() throws SQLException {
        try (Connection connection = direct();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select md5(string_agg(i::text, ',' order by id)) from analyzed.item i)"
                                + " || (select last_value || ' ' || is_called from analyzed.s)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void directly(String... texts) throws SQLException {
        try (Connection connection = direct();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private static Connection direct() throws SQLException {
        return DriverManager.getConnection(
                ProxiedServer.url(LoggingServer.shared().port(), ""));
    }
}
