package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.DatabaseFacts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void tellsTableSizesLargestGroupsAndForeignKeysWithoutAnyValue() throws Exception {
        String direct = ProxiedServer.url(LoggingServer.shared().port(), "");
        try (Connection connection = DriverManager.getConnection(direct);
                Statement statement = connection.createStatement()) {
            statement.execute("create schema stats_test");
            statement.execute("create table stats_test.company(id int primary key)");
            statement.execute("insert into stats_test.company select generate_series(1, 50)");
            statement.execute(
                    "create table stats_test.office(id int primary key, company_id int references stats_test.company)");
            statement.execute("insert into stats_test.office select n, case when n <= 312 then 40 else 1 + n % 39 end"
                    + " from generate_series(1, 800) n");
            statement.execute("analyze stats_test.company");
            statement.execute("analyze stats_test.office");
        }
        try (ProxiedServer server = ProxiedServer.ofShared();
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            server.sink.await("statistics", sink -> !sink.databases().isEmpty());
            DatabaseFacts facts = server.sink.databases().get(0);

            assertThat(facts.tables()).contains(new DatabaseFacts.Table("stats_test.office", 800));
            assertThat(facts.columns())
                    .filteredOn(column -> column.table().equals("stats_test.office")
                            && column.name().equals("company_id"))
                    .singleElement()
                    .satisfies(column -> {
                        assertThat(column.biggestShare() * 800).isCloseTo(312, Offset.offset(0.5));
                        assertThat(column.sampledRows()).isEqualTo(800);
                        assertThat(column.distinct()).isEqualTo(40);
                    });
            assertThat(facts.foreignKeys())
                    .contains(new DatabaseFacts.ForeignKey(
                            "stats_test.office", "company_id", "stats_test.company", "id"));
        } finally {
            try (Connection connection = DriverManager.getConnection(direct);
                    Statement statement = connection.createStatement()) {
                statement.execute("drop schema stats_test cascade");
            }
        }
    }
}
