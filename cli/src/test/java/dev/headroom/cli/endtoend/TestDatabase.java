package dev.headroom.cli.endtoend;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL for all tests of a class. */
final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
    private final List<String> filling;
    private @Nullable EmbeddedPostgres server;

    /** One in which these statements were executed. */
    TestDatabase(String... filling) {
        this.filling = List.of(filling);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        EmbeddedPostgres started = TestPostgres.builder().start();
        server = started;
        try (Connection connection = started.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String each : filling) {
                statement.execute(each);
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (server != null) {
            server.close();
        }
    }

    EmbeddedPostgres server() {
        return Objects.requireNonNull(server);
    }

    int port() {
        return server().getPort();
    }
}
