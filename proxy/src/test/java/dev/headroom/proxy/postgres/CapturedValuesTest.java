package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ResultColumn;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value has one digest, whether it came as text, as binary, bound or as a literal. */
class CapturedValuesTest {
    private static final String TEXT = "prepareThreshold=0&binaryTransfer=false";
    private static final String BINARY = "prepareThreshold=-1";

    private final ProxiedServer server = ProxiedServer.ofShared();

    @AfterEach
    void stop() {
        assertThat(server.sink.meter().counters().uninterpretedConnections()).isZero();
        assertThat(server.failures()).isZero();
        server.close();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("int2", 7, "7"),
                Arguments.of("int4", -42, "-42"),
                Arguments.of("int8", 9_000_000_000L, "9000000000"),
                Arguments.of("text", "Müller & Söhne", "'Müller & Söhne'"),
                Arguments.of("text", "Müller 😀 A's\n", "E'M\\u00fcller \\ud83d\\uDE00 \\x41\\'s\\12'"),
                Arguments.of("text", "Zü\\😀", "E'\\132\\xC3\\xbc\\\\\\U0001F600'"),
                Arguments.of("text", "Müller's 😀\\", "U&'M\\00FCller''s \\+01F600\\\\'"),
                Arguments.of("text", "Müller! 😀", "U&'M!00fcller!! !D83D!DE00' UESCAPE '!'"),
                Arguments.of("text", "it's one", "'it''s' -- isn't it\n  ' o'\n'ne'"),
                Arguments.of("text", "Zü one", "E'Z\\u00fc'\n' \\157ne'"),
                Arguments.of("int4", 42, "E'\\x34\\062'"),
                Arguments.of("varchar(20)", "1.10", "'1.10'"),
                Arguments.of("numeric(12,4)", new BigDecimal("-1234.5000"), "-1234.5"),
                Arguments.of("numeric", new BigDecimal("0.00012"), "0.00012"),
                Arguments.of("numeric", new BigDecimal("120000000000000000000"), "120000000000000000000"),
                Arguments.of("boolean", true, "true"),
                Arguments.of("boolean", false, "FALSE"),
                Arguments.of(
                        "uuid",
                        UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                        "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"),
                Arguments.of("date", LocalDate.of(2024, 2, 29), "'2024-02-29'"),
                Arguments.of("date", LocalDate.of(1969, 12, 31), "'1969-12-31'"),
                Arguments.of(
                        "timestamp",
                        LocalDateTime.of(2024, 2, 29, 12, 30, 15, 120_000_000),
                        "'2024-02-29 12:30:15.12'"),
                Arguments.of(
                        "timestamptz", OffsetDateTime.parse("2024-02-29T23:30:15+05:30"), "'2024-02-29T18:00:15Z'"),
                // pgjdbc binds these without a type, and with a zone
                Arguments.of("date", java.sql.Date.valueOf("2024-02-29"), "'2024-02-29'"),
                Arguments.of(
                        "timestamptz",
                        java.sql.Timestamp.from(java.time.Instant.parse("2024-02-29T18:00:15.000001Z")),
                        "'2024-02-29 18:00:15.0000009+00'"),
                Arguments.of("float8", 0.1, "0.1"),
                Arguments.of("float4", 1.5f, "1.5"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void isOneInEveryForm(String type, Object value, String literal) throws Exception {
        for (String parameters : List.of(TEXT, BINARY, "preferQueryMode=simple")) {
            try (Connection connection = server.connect(parameters)) {
                try (PreparedStatement bound =
                        connection.prepareStatement("select v from (select ?::" + type + " v) t")) {
                    bound.setObject(1, value);
                    read(bound.executeQuery());
                }
                try (Statement statement = connection.createStatement()) {
                    read(statement.executeQuery("select v from (select " + literal + "::" + type + " v) t"));
                }
            }
        }
        server.sink.awaitClosed(3);
        List<Long> digests = new ArrayList<>();
        for (Query query : server.sink.statements()) {
            assertThat(query.columns()).hasSize(1);
            digests.add(query.columns().get(0).values().get(0));
            digests.add(query.values().get(0));
        }
        assertThat(digests).hasSize(12);
        assertThat(digests.stream().distinct()).as("%s", digests).hasSize(1);
    }

    @Test
    void columnsCarryTheNamesOfTheirTables() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists shop");
            statement.execute("create table if not exists shop.office(id int primary key, city text)");
            statement.execute("insert into shop.office values (1, 'Basel'), (2, null) on conflict do nothing");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (names(statement).get(0).table() == null && System.nanoTime() - deadline < 0) {
                // the first ones may come before the catalogue has answered
            }
        }
        server.sink.awaitClosed(1);
        Query last = selects().get(selects().size() - 1);
        assertThat(last.columns())
                .extracting(ResultColumn::name, ResultColumn::table, ResultColumn::column, ResultColumn::nulls)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("place", "shop.office", "city", 1L),
                        org.assertj.core.groups.Tuple.tuple("id", "shop.office", "id", 0L),
                        org.assertj.core.groups.Tuple.tuple("two", null, null, 0L));
        assertThat(last.columns().get(0).bytes()).isEqualTo(5);
        assertThat(last.columns().get(0).values().get(1)).isZero();
    }

    @Test
    void detailIsShedUnderLoadAndCountersAreNot() throws Exception {
        server.sink.overloaded(true);
        try (Connection connection = server.connect("");
                PreparedStatement statement = connection.prepareStatement("select ?::int, 'x'")) {
            statement.setInt(1, 5);
            read(statement.executeQuery());
        }
        server.sink.awaitClosed(1);
        Query query = server.sink.statements().get(0);
        assertThat(query.rows()).isEqualTo(1);
        assertThat(query.bytes()).isPositive();
        assertThat(query.columns()).isEmpty();
        assertThat(query.valuesComplete()).isFalse();
        assertThat(server.sink.meter().counters().statements()).isEqualTo(1);
        assertThat(server.sink.meter().counters().shedDetails()).isPositive();
    }

    @Test
    void onlyTheFirstThousandRowsAreDigested() throws Exception {
        try (Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            read(statement.executeQuery("select i, 'abc' from generate_series(1, 2500) i"));
        }
        server.sink.awaitClosed(1);
        Query query = server.sink.statements().get(0);
        assertThat(query.rows()).isEqualTo(2_500);
        assertThat(query.columns().get(0).values().size()).isEqualTo(1_000);
        assertThat(query.columns().get(1).bytes()).isEqualTo(7_500);
    }

    @Test
    void aStatementDescribedLongAgoStillHasItsColumns() throws Exception {
        try (Connection connection = server.connect("prepareThreshold=1");
                PreparedStatement statement = connection.prepareStatement("select ?::int8 as a, 'text' as b")) {
            for (int i = 0; i < 20; i++) {
                statement.setLong(1, 77);
                read(statement.executeQuery());
            }
        }
        server.sink.awaitClosed(1);
        assertThat(server.sink.statements()).hasSize(20).allSatisfy(query -> {
            assertThat(query.columns()).extracting(ResultColumn::name).containsExactly("a", "b");
            assertThat(query.columns().get(0).values().get(0)).isEqualTo(server.digester.digest("77"));
            assertThat(query.values().get(0)).isEqualTo(server.digester.digest("77"));
        });
    }

    @Test
    void wordsOfTheFirstTextsAreKeptRowByRow() throws Exception {
        for (String parameters : List.of(TEXT, BINARY)) {
            try (Connection connection = server.connect(parameters);
                    PreparedStatement statement = connection.prepareStatement("select i, case i when 2 then null when 3"
                            + " then 'short' else 'Longer TEXT of row ' || i end from generate_series(1, 50) i")) {
                read(statement.executeQuery());
            }
        }
        server.sink.awaitClosed(2);
        long longer = server.digester.digest("longer");
        assertThat(server.sink.statements()).hasSize(2).allSatisfy(query -> {
            assertThat(query.columns().get(0).words()).isEqualTo(Digests.NONE);
            Digests words = query.columns().get(1).words();
            assertThat(Arrays.copyOf(words.toArray(), 6)).containsExactly(longer, 0, 0, 0, longer, 0);
            assertThat(words.size()).isEqualTo(2 * 20 - 2);
        });
    }

    @Test
    void longValuesAreDigestedWithinBounds() throws Exception {
        String longText = "x".repeat(3_000_000);
        try (Connection connection = server.connect("");
                PreparedStatement statement = connection.prepareStatement("select ?::text, 1")) {
            for (int i = 0; i < 2; i++) {
                statement.setString(1, longText);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(longText);
                }
            }
        }
        server.sink.awaitClosed(1);
        List<Query> queries = server.sink.statements();
        assertThat(queries).hasSize(2).allSatisfy(query -> {
            assertThat(query.columns().get(0).bytes()).isEqualTo(3_000_000);
            assertThat(query.columns().get(1).values().size()).isEqualTo(1);
        });
        assertThat(queries.get(0).columns().get(0).values())
                .isEqualTo(queries.get(1).columns().get(0).values());
    }

    private List<ResultColumn> names(Statement statement) throws SQLException {
        int before = selects().size();
        read(statement.executeQuery("select city as place, id, 1 + 1 as two from shop.office"));
        server.sink.await("a query", sink -> selects().size() > before);
        return selects().get(before).columns();
    }

    private List<Query> selects() {
        return server.sink.statements().stream()
                .filter(query -> query.shape().text().startsWith("SELECT"))
                .toList();
    }

    private static void read(ResultSet rows) throws SQLException {
        try (rows) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }
}
