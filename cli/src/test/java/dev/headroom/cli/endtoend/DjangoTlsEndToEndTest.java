package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Django project whose PostgreSQL accepts nothing but TLS. */
class DjangoTlsEndToEndTest {
    @TempDir
    private static Path server;

    private static EmbeddedPostgres database;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startDatabase() throws Exception {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
        PemFiles own = PemFiles.in(server);
        Path data = server.resolve("data");
        database = TestPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", own.certificate().toString())
                .setServerConfig("ssl_key_file", own.key().toString())
                .start();
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Files.writeString(data.resolve("pg_hba.conf"), "hostssl all all all trust\n");
            statement.execute("select pg_reload_conf()");
        }
        DjangoProject.copyTo(server.resolve("project"), database).fill();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void anAddressThatRequiresTlsIsSeenExactly() throws Exception {
        DjangoProject project = DjangoProject.copyTo(folder.resolve("project"), database);
        Map<String, String> environment = project.environment();
        environment.merge("DATABASE_URL", "?sslmode=require", String::concat);
        assertSeenExactly(project, environment);
    }

    @Test
    void settingsThatRequireTlsThemselvesAreSeenExactly() throws Exception {
        DjangoProject project = DjangoProject.copyTo(folder.resolve("project"), database);
        Path settings = project.file("shop/settings.py");
        Files.writeString(
                settings, Files.readString(settings) + "DATABASES['default']['OPTIONS'] = {'sslmode': 'require'}\n");
        assertSeenExactly(project, project.environment());
    }

    private void assertSeenExactly(DjangoProject project, Map<String, String> environment) throws Exception {
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = project.run(
                recording,
                environment,
                DjangoProject.PYTHON,
                "-m",
                "waitress",
                "--threads=8",
                "--port={port}",
                "shop.wsgi:application")) {
            HeadroomProcess.eventually(
                    "it answers", () -> headroom.get("/books").statusCode() == 200);
            headroom.signal("TERM");
            headroom.exitStatus();
            assertThat(headroom.err())
                    .doesNotContain("SSL")
                    .doesNotContain("TLS")
                    .doesNotContain("instrumentation");
        }
        List<RequestTrace> books = RecordedTraces.of(recording).stream()
                .filter(trace -> trace.request().route().equals("/books"))
                .toList();
        assertThat(books).hasSize(1);
        assertThat(books.get(0).statements()).isEqualTo(81);
        assertThat(books.get(0).queries()).extracting(Query::attribution).containsOnly(Attribution.EXACT);
    }
}
