package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** psycopg2 under Python's plain http.server, of whose requests instrumentation knows nothing. */
class UnknownServerEndToEndTest {
    private static final String APP = """
            import http.server, os, threading, psycopg2
            both = threading.Barrier(2)
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    connection = psycopg2.connect(os.environ["DATABASE_URL"])
                    connection.autocommit = True
                    with connection.cursor() as cursor:
                        if "both" in self.path:
                            both.wait(60)
                        cursor.execute("SELECT 1 AS of" + self.path.replace("/", "_"))
                        if "both" in self.path:
                            both.wait(60)
                    connection.close()
                    self.send_response(200)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                def log_message(self, *_): pass
            http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
            """;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    Path folder;

    @BeforeEach
    void needsPython() {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with psycopg2");
    }

    @Test
    void statementsAreOfTheRequestThatRanByTheProxysClockAndTheReportSaysThatNoneWasSeenToBegin() throws Exception {
        Path script = Files.writeString(folder.resolve("app.py"), APP);
        Path recording = folder.resolve("run.headroom");
        try (HeadroomProcess headroom = HeadroomProcess.start(
                folder,
                Map.of("DATABASE_URL", "postgresql://postgres@127.0.0.1:" + database.port() + "/postgres"),
                "run",
                // what the app has to tell when it is ended is waited for a twentieth of it
                "--grace",
                "100s",
                "--out",
                recording.toString(),
                "--",
                DjangoProject.PYTHON,
                script.toString())) {
            for (String path : List.of("/one", "/two", "/three")) {
                assertThat(headroom.get(path).statusCode()).isEqualTo(200);
            }
            CompletableFuture<Integer> other =
                    CompletableFuture.supplyAsync(() -> headroom.get("/both_b").statusCode());
            assertThat(headroom.get("/both_a").statusCode()).isEqualTo(200);
            assertThat(other.join()).isEqualTo(200);
            headroom.signal("TERM");
            headroom.exitStatus();

            assertThat(headroom.out().replaceAll("\\s+", " "))
                    .contains("5 statements: 3 tied to the one request in flight (likely)")
                    .contains("Placed by time alone: 5 statements that the app itself told of while requests ran")
                    .contains("2 statements of no known request");
        }
        for (RequestTrace trace : RecordedTraces.of(recording)) {
            boolean alone = !trace.request().path().contains("both");
            assertThat(trace.queries()).hasSize(alone ? 1 : 0).allSatisfy(query -> {
                assertThat(query.attribution()).isEqualTo(Attribution.LIKELY_ALONE);
                assertThat(query.shape().text())
                        .containsIgnoringCase(trace.request().path().substring(1));
                assertThat(query.callSite()).isNotNull();
            });
        }
        assertThat(RecordedTraces.outside(recording))
                .filteredOn(query -> !query.shape().control())
                .extracting(Query::attribution)
                .containsExactly(Attribution.UNATTRIBUTED, Attribution.UNATTRIBUTED);
    }
}
