package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the tests that are written in Python: those of the instrumentation and those of the Django example. */
class PythonTestsTest {
    private static final long LIMIT_SECONDS = 400;

    @TempDir
    private Path folder;

    @BeforeEach
    void pythonIsThere() {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test_start",
                "test_channel",
                "test_places",
                "test_relations",
                "test_clinic",
                "test_drivers",
                "test_attribution"
            })
    void instrumentation(String module) throws Exception {
        run(Path.of("../python"), Map.of(), "-W", "ignore", "-m", "unittest", "-v", "tests." + module);
    }

    @Test
    void djangoExample() throws Exception {
        try (EmbeddedPostgres database = TestPostgres.builder().start()) {
            String url = "postgres://postgres@127.0.0.1:" + database.getPort() + "/postgres";
            run(Path.of("../examples/django-orders"), Map.of("DATABASE_URL", url), "manage.py", "test", "-v", "2");
        }
    }

    private void run(Path where, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(DjangoProject.PYTHON));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("it ends; it said: %s", Files.readString(output))
                    .isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
