package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight clients, an abandoned request and two jobs at once, with psycopg2 under Python's servers. */
class AttributionEndToEndTest {
    private static final String GUNICORN = "-m gunicorn --worker-class gthread --threads 12 --bind 127.0.0.1:{port}";
    private static final String WAITRESS = "-m waitress --threads 12 --listen 127.0.0.1:{port}";

    @RegisterExtension
    static final TestDatabase database =
            new TestDatabase("create table marked as select i as id, 'n' || i as name from generate_series(1, 9) i");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsDjango() {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
    }

    @ParameterizedTest
    @ValueSource(strings = {GUNICORN + " marked", WAITRESS + " marked:application"})
    void withInstrumentationEachStatementIsExactAndItsOwnRequests(String server) throws Exception {
        List<RequestTrace> traces = run(server, "run");
        long last = traces.stream()
                .mapToLong(trace -> trace.request().startNanos())
                .max()
                .orElseThrow();
        assertThat(RecordedTraces.outside(folder.resolve("run.headroom")))
                .filteredOn(query -> query.shape().text().contains("_job") && query.endNanos() < last)
                .as("jobs beside requests")
                .hasSizeGreaterThan(10)
                .extracting(Query::attribution)
                .containsOnly(Attribution.BACKGROUND);
        Map<Attribution, Integer> right = check(traces);
        assertThat(right.keySet()).containsExactly(Attribution.EXACT);
        // 40 from eight clients, 10 beside the abandoned one; each sends 6
        assertThat(right.get(Attribution.EXACT)).isGreaterThanOrEqualTo(50 * 6);
    }

    @ParameterizedTest
    @ValueSource(strings = {GUNICORN + " marked", WAITRESS + " marked:application"})
    void withoutInstrumentationNoneIsSaidToBeAnotherRequests(String server) throws Exception {
        assertThat(check(run(server, "run", "--no-instrumentation"))).doesNotContainKey(Attribution.EXACT);
    }

    private List<RequestTrace> run(String server, String... run) throws Exception {
        String module = server.split(" ", -1)[1];
        int imported = new ProcessBuilder(DjangoProject.PYTHON, "-c", "import " + module)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assumeTrue(imported == 0, "no " + module + " for " + DjangoProject.PYTHON);
        Files.copy(Path.of("../python/tests/marked.py"), folder.resolve("marked.py"));
        Path recording = folder.resolve("run.headroom");
        List<String> arguments = new ArrayList<>(List.of(run));
        // what the app has to tell when it is ended is waited for a twentieth of the grace
        arguments.addAll(List.of("--grace", "100s", "--out", recording.toString(), "--", DjangoProject.PYTHON));
        arguments.addAll(List.of(server.split(" ", -1)));
        Map<String, String> environment = new TreeMap<>(Map.of(
                "DATABASE_URL",
                "postgresql://postgres@127.0.0.1:" + database.port() + "/postgres",
                "PYTHONDONTWRITEBYTECODE",
                "1"));
        try (HeadroomProcess headroom = HeadroomProcess.start(folder, environment, arguments.toArray(String[]::new))) {
            HeadroomProcess.eventually("both jobs have run for a while", () -> lines("jobs-run") == 2);
            HeadroomProcess.eventually("it answers", () -> headroom.get("/?0").statusCode() == 200);
            try (Socket abandoned = new Socket(
                    InetAddress.getLoopbackAddress(), headroom.front().getPort())) {
                abandoned
                        .getOutputStream()
                        .write("GET /abandoned?1 HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(headroom.get("/?2").statusCode()).isEqualTo(200);
            }
            ExecutorService clients = Executors.newFixedThreadPool(8);
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                int number = 100 + i;
                if (i < 10) {
                    assertThat(headroom.get("/?" + number).statusCode()).isEqualTo(200);
                } else {
                    statuses.add(
                            clients.submit(() -> headroom.get("/?" + number).statusCode()));
                }
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
            HeadroomProcess.eventually("the abandoned one is over", () -> lines("abandoned-over") == 1);
            clients.shutdown();
            headroom.signal("TERM");
            headroom.exitStatus();
        }
        List<RequestTrace> traces = RecordedTraces.of(recording);
        assertThat(traces)
                .as("the abandoned one is recorded")
                .anyMatch(trace -> trace.request().path().startsWith("/abandoned"));
        return traces;
    }

    private long lines(String file) {
        try {
            Path path = folder.resolve(file);
            return Files.exists(path) ? Files.readAllLines(path).size() : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No statement is in a request that did not send it; how many are in the one that did. */
    private static Map<Attribution, Integer> check(List<RequestTrace> traces) {
        Map<Attribution, Integer> right = new EnumMap<>(Attribution.class);
        List<String> wrong = new ArrayList<>();
        for (RequestTrace trace : traces) {
            String path = trace.request().path();
            String mark = "mark_" + path.substring(path.indexOf('?') + 1) + " ";
            for (Query query : trace.queries()) {
                if (query.shape().control()) {
                    continue;
                }
                if (query.shape().text().contains(mark)) {
                    right.merge(query.attribution(), 1, Integer::sum);
                } else {
                    wrong.add(query.attribution() + " for " + path + ": "
                            + query.shape().text());
                }
            }
        }
        assertThat(wrong).as("statements of somebody else").isEmpty();
        return right;
    }
}
