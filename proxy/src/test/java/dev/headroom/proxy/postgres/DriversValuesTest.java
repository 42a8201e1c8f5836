package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headroom.core.trace.Query;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Python's drivers send in text, in binary or as a literal is the value that the server gives back. */
class DriversValuesTest {
    private static final Path SCRIPT =
            Path.of("src/test/resources/dev/headroom/proxy/postgres/values.py").toAbsolutePath();

    @ParameterizedTest
    @ValueSource(strings = {"psycopg2", "psycopg/text", "psycopg/binary", "psycopg/auto", "psycopg/client", "asyncpg"})
    void aValueIsOneOnItsWayThereAndBack(String driver) throws Exception {
        String module = driver.replaceAll("/.*", "");
        assumeThat(Command.works(List.of("/usr/bin/python3", "-c", "import " + module), Map.of()))
                .as("python3-%s is installed", module)
                .isTrue();
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            Command.run(List.of("/usr/bin/python3", SCRIPT.toString(), driver, "" + server.port));
            server.sink.awaitClosed(1);
            List<Query> queries = server.sink.statements().stream()
                    .filter(query -> query.shape().text().startsWith("SELECT v FROM"))
                    .toList();
            assertThat(queries).hasSizeGreaterThanOrEqualTo(21).allSatisfy(query -> {
                assertThat(query.sqlState()).isNull();
                assertThat(query.valuesComplete()).isTrue();
                assertThat(query.columns()).hasSize(1);
                assertThat(query.values().get(0))
                        .as("%s", query.shape().text())
                        .isEqualTo(query.columns().get(0).values().get(0));
            });
            assertThat(queries.stream().map(query -> query.values().get(0)).distinct())
                    .as("1.50 is 1.5 as a number, another as text; nothing else is like another")
                    .hasSize(21);
            assertThat(server.sink.meter().counters().uninterpretedConnections())
                    .isZero();
            assertThat(server.failures()).isZero();
        }
    }
}
