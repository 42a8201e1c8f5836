package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.headroom.proxy.postgres.upstream.Upstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real clients do the same work directly and through the proxy, with the same outcome. */
class CompatibilityTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/headroom/proxy/postgres");
    private static final Path NODE_MODULES = Path.of("../.ci/node/node_modules");

    private static @Nullable InstalledServer installed;

    @BeforeAll
    static void startServer() throws Exception {
        installed = InstalledServer.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (installed != null) {
            installed.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preferQueryMode=simple",
                "preferQueryMode=extended",
                "preferQueryMode=extendedForPrepared",
                "preferQueryMode=extendedCacheEverything",
                "prepareThreshold=1&binaryTransfer=true",
                "prepareThreshold=0&binaryTransfer=false",
                "defaultRowFetchSize=3&prepareThreshold=1",
                "reWriteBatchedInserts=true",
                "protocolVersion=3.2",
                "sslmode=require",
                "autosave=always"
            })
    void pgjdbc(String parameters) throws Exception {
        int direct = LoggingServer.shared().port();
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            compare(server, PgjdbcWork.run(direct, parameters), PgjdbcWork.run(server.port, parameters));
        }
    }

    @Test
    void psql() throws Exception {
        throughBoth(port -> Command.run(
                List.of(
                        "psql",
                        "-X",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + port,
                        "-U",
                        "postgres",
                        "-d",
                        "postgres",
                        "-f",
                        resource("work.sql")),
                Map.of("PGOPTIONS", "-c client_min_messages=warning")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbench(String mode) throws Exception {
        throughBoth(port -> {
            List<String> base = List.of("pgbench", "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres");
            Command.run(with(base, "-i", "-q", "postgres"));
            String output = Command.run(with(base, "-M", mode, "-c", "4", "-t", "50", "--random-seed=7", "postgres"));
            return output.lines()
                    .filter(line -> line.contains("processed") || line.contains("failed"))
                    .toList()
                    .toString();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3"})
    void dumpAndRestore(String jobs, @TempDir Path folder) throws Exception {
        throughBoth(port -> {
            List<String> where = List.of("-h", "127.0.0.1", "-p", "" + port, "-U", "postgres");
            Command.run(with(List.of("psql", "-X", "-q"), where, "-d", "postgres", "-f", resource("shop.sql")));
            Path dump = folder.resolve(port + ".dump");
            String format = jobs.equals("1") ? "-Fc" : "-Fd";
            Command.run(with(
                    List.of("pg_dump"), where, format, "-j", jobs, "-n", "dumped", "-f", dump.toString(), "postgres"));
            Command.run(with(List.of("psql", "-X", "-q"), where, "-d", "postgres", "-c", "drop schema dumped cascade"));
            Command.run(with(List.of("pg_restore"), where, "-j", jobs, "-d", "postgres", dump.toString()));
            // newer versions fence each dump with a random word
            return Command.run(with(List.of("pg_dump"), where, "-n", "dumped", "postgres"))
                    .replaceAll("(?m)^.(un)?restrict .*$", "");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "psycopg2, work.py, disable",
        "psycopg2, work.py, require",
        "psycopg, work_psycopg.py, disable",
        "psycopg, work_psycopg.py, require",
        "asyncpg, work_asyncpg.py, disable",
        "asyncpg, work_asyncpg.py, require"
    })
    void python(String driver, String script, String sslmode) throws Exception {
        assumeThat(Command.works(List.of("/usr/bin/python3", "-c", "import " + driver), Map.of()))
                .as("python3-%s is installed", driver)
                .isTrue();
        int direct = LoggingServer.shared().port();
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            List<String> outputs = new ArrayList<>();
            for (int port : new int[] {direct, server.port}) {
                outputs.add(Command.run(
                        List.of("/usr/bin/python3", resource(script), "" + port), Map.of("PGSSLMODE", sslmode)));
            }
            compare(server, outputs.get(0), outputs.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tls"})
    void nodePostgres(String tls) throws Exception {
        if (!Files.isDirectory(NODE_MODULES.resolve("pg"))) {
            abort("node-postgres is not there; get it with `npm install --prefix .ci/node pg@8`");
        }
        Map<String, String> environment =
                Map.of("NODE_PATH", NODE_MODULES.toRealPath().toString(), "NODE_NO_WARNINGS", "1");
        int direct = LoggingServer.shared().port();
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            compare(
                    server,
                    Command.run(List.of("node", resource("work.js"), "" + direct, tls), environment),
                    Command.run(List.of("node", resource("work.js"), "" + server.port, tls), environment));
        }
    }

    /** One client's work at a port. */
    private interface Work {
        String at(int port) throws Exception;
    }

    private static void throughBoth(Work work) throws Exception {
        if (installed == null) {
            abort("no PostgreSQL server is installed; Debian's package is postgresql");
        }
        int direct = Objects.requireNonNull(installed).port;
        try (ProxiedServer server = new ProxiedServer(Upstream.plain("127.0.0.1", direct))) {
            compare(server, work.at(direct), work.at(server.port));
        }
    }

    private static void compare(ProxiedServer server, String direct, String proxied) {
        assertThat(proxied).isEqualTo(direct).isNotBlank();
        server.sink.await("a query", sink -> !sink.queries().isEmpty());
        assertThat(server.sink.meter().counters().uninterpretedConnections()).isZero();
        assertThat(server.failures()).isZero();
    }

    private static String resource(String name) {
        return RESOURCES.resolve(name).toAbsolutePath().toString();
    }

    private static List<String> with(List<String> base, String... more) {
        return with(base, List.of(), more);
    }

    private static List<String> with(List<String> base, List<String> middle, String... more) {
        List<String> all = new ArrayList<>(base);
        all.addAll(middle);
        all.addAll(List.of(more));
        return all;
    }
}
