package dev.headroom.examples.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;

/** Creates the tables and fills them with the same rows every time: schema.sql, then seed.sql. */
final class Seed {

    private Seed() {}

    /** Fills a database that has no {@code orders} table yet, in one transaction, and says what it did. */
    static String into(Connection connection) throws SQLException {
        var start = System.nanoTime();
        try (var statement = connection.createStatement()) {
            try (var rows = statement.executeQuery("select to_regclass('orders') is not null")) {
                if (rows.next() && rows.getBoolean(1)) {
                    return "The orders table is there already; nothing was seeded.";
                }
            }
            connection.setAutoCommit(false);
            statement.execute(script("schema.sql"));
            statement.execute(script("seed.sql"));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("vacuum analyze");
        }
        return String.format(Locale.ROOT, "Seeded in %.1f s.", (System.nanoTime() - start) / 1e9);
    }

    private static String script(String name) {
        try (var in = Seed.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + name, e);
        }
    }
}
