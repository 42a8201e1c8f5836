package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.sql.StatementReader;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** Statement by statement: what was captured, what the server's log says, and what simple mode shows of the same work. */
class ComparedWithLogTest {
    private static final String LOGGED = "options=-c%20log_error_verbosity=default&";
    private static final String SIMPLE = "preferQueryMode=simple";
    private static final int STATEMENTS = 200;

    /** Statements of one parameter, and values for it: some are equal, some differ by little. */
    private static final Object[][] WORK = {
        {"select ?::int8 as v, 'x' as x", 1L, 10L, -1L, Long.MAX_VALUE},
        {"select ?::numeric as v, 1.50 as n", new BigDecimal("1.5"), new BigDecimal("1.05"), new BigDecimal("-1.5")},
        {"select ?::text as v", "", "a", "A", "a ", "O'Neil \\ ü"},
        {"select ?::uuid as v", new UUID(1, 2), new UUID(2, 1)},
        {"select ?::date as v", LocalDate.of(2024, 2, 29), LocalDate.of(2024, 3, 1)},
        {
            "select ?::timestamp as v",
            LocalDateTime.of(2024, 2, 29, 12, 0),
            LocalDateTime.of(2024, 2, 29, 12, 0, 0, 1_000)
        },
        {"select ?::boolean as v, null as nothing", true, false},
        {"select i, md5(i::text) as m from generate_series(1, 40) i where i <= ?", 0, 3, 30}
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIMPLE,
                "preferQueryMode=extended&prepareThreshold=0&binaryTransfer=false",
                "prepareThreshold=-1",
                "prepareThreshold=3"
            })
    void theServersLogHasTheSameStatementsInOrderWithTheSameEquality(String mode) throws Exception {
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            int pid = work(server, LOGGED + mode);
            server.sink.awaitClosed(1);
            List<Query> queries = server.sink.queries();
            List<String> texts = LoggingServer.shared().executed(pid);
            StatementReader reader = new StatementReader(null);
            assertThat(queries)
                    .extracting(query -> query.shape().text())
                    .containsExactlyElementsOf(texts.stream()
                            .map(text -> {
                                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                                return reader.read(utf8, 0, utf8.length).shape().text();
                            })
                            .toList());
            List<Query> selects = selects(queries);
            List<String> values = mode.equals(SIMPLE)
                    ? texts.stream().filter(text -> text.startsWith("select")).toList()
                    : LoggingServer.shared().parameters(pid);
            assertThat(values).hasSize(STATEMENTS).hasSameSizeAs(selects);
            for (int i = 0; i < STATEMENTS; i++) {
                for (int j = 0; j < i; j++) {
                    if (selects.get(i).shape().equals(selects.get(j).shape())) {
                        assertThat(selects.get(i).values().equals(selects.get(j).values()))
                                .as("%s and %s", values.get(i), values.get(j))
                                .isEqualTo(values.get(i).equals(values.get(j)));
                    }
                }
            }
            assertThat(server.failures()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preferQueryMode=extended&prepareThreshold=0&binaryTransfer=false",
                "prepareThreshold=-1",
                "prepareThreshold=3",
                "defaultRowFetchSize=7&prepareThreshold=2"
            })
    void rowsColumnsAndValuesAreThoseOfSimpleMode(String mode) throws Exception {
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            work(server, SIMPLE);
            server.sink.awaitClosed(1);
            List<Query> simple = selects(server.sink.queries());
            server.sink.clear();
            work(server, mode);
            server.sink.awaitClosed(1);
            List<Query> other = selects(server.sink.queries());
            assertThat(other).hasSize(STATEMENTS).hasSameSizeAs(simple);
            boolean text = mode.contains("binaryTransfer=false");
            for (int i = 0; i < STATEMENTS; i++) {
                String which = simple.get(i).shape().text();
                assertThat(other.get(i).rows())
                        .as(which)
                        .isEqualTo(simple.get(i).rows());
                assertThat(other.get(i).values())
                        .as(which)
                        .isEqualTo(simple.get(i).values());
                assertThat(columns(other.get(i), text)).as(which).isEqualTo(columns(simple.get(i), text));
            }
            assertThat(server.failures()).isZero();
        }
    }

    private static List<List<Object>> columns(Query query, boolean withBytes) {
        List<List<Object>> columns = new ArrayList<>();
        for (ResultColumn column : query.columns()) {
            columns.add(List.of(
                    column.name(), column.typeOid(), column.nulls(), column.values(), withBytes ? column.bytes() : 0L));
        }
        return columns;
    }

    private static List<Query> selects(List<Query> queries) {
        return queries.stream()
                .filter(query -> query.shape().text().startsWith("SELECT"))
                .toList();
    }

    private static int work(ProxiedServer server, String mode) throws SQLException {
        Random random = new Random(17);
        List<PreparedStatement> prepared = new ArrayList<>();
        try (Connection connection = server.connect(mode)) {
            connection.setAutoCommit(false);
            for (Object[] each : WORK) {
                prepared.add(connection.prepareStatement((String) each[0]));
            }
            for (int i = 0; i < STATEMENTS; i++) {
                int which = random.nextInt(WORK.length);
                PreparedStatement statement = prepared.get(which);
                statement.setObject(1, WORK[which][1 + random.nextInt(WORK[which].length - 1)]);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        assertThat(rows.getObject(1)).isNotNull();
                    }
                }
            }
            connection.commit();
            return connection.unwrap(PGConnection.class).getBackendPID();
        }
    }
}
