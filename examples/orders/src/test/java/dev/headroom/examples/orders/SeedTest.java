package dev.headroom.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SeedTest {

    @Test
    void a_seeded_database_is_left_alone() throws SQLException {
        try (var connection = DatabaseUrl.parse(OrdersDatabase.url()).connect()) {
            assertThat(Seed.into(connection)).contains("nothing was seeded");
        }
    }

    @Test
    void texts_of_companies_and_offices_are_some_kilobytes_long() throws SQLException {
        try (var connection = DatabaseUrl.parse(OrdersDatabase.url()).connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select (select avg(length(profile) + length(terms)) from companies),
                               (select avg(length(description) + length(directions)) from offices)
                        """)) {
            row.next();
            assertThat(row.getInt(1)).isBetween(6_000, 12_000);
            assertThat(row.getInt(2)).isBetween(4_000, 8_000);
        }
    }
}
