package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The shop's database, and a Python web app over psycopg2 that answers scenarios by name, between both proxies. */
final class Psycopg2App implements AutoCloseable {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path SCRIPT = Path.of("src/test/resources/dev/headroom/cli/scenario/psycopg2_app.py");

    private final EmbeddedPostgres server;
    private final Process app;
    private final Watched watched;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Starts it; skips the tests where its packages are missing. */
    static Psycopg2App start() throws IOException, SQLException {
        assumeThat(possible()).as("Debian's psycopg2 and Django are here").isTrue();
        return new Psycopg2App();
    }

    private Psycopg2App() throws IOException, SQLException {
        app = new ProcessBuilder(
                        PYTHON.toString(), "-B", SCRIPT.toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = app.inputReader(StandardCharsets.UTF_8);
        int port = Integer.parseInt(said.readLine());
        server = Shop.open();
        watched = Watched.inFrontOf(server.getPort(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        watched.warmUp();
        app.outputWriter(StandardCharsets.UTF_8)
                .append(Integer.toString(watched.connections.port()))
                .append('\n')
                .flush();
        assertThat(said.readLine()).isEqualTo("ready");
        watched.traces.take(0);
    }

    /** Whether there is a Python with what the app imports. */
    private static boolean possible() {
        if (!Files.isExecutable(PYTHON)) {
            return false;
        }
        try {
            Process trial = new ProcessBuilder(PYTHON.toString(), "-c", "import django, psycopg2")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return trial.waitFor(60, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What came of a scenario's requests. */
    record Answered(Traces.Taken taken, List<String> bodies) {}

    /** Sends {@code count} requests to the handler of that name. */
    Answered run(String name, int count) {
        List<String> bodies = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + watched.port() + "/" + name + "?request=" + i))
                    .build();
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                bodies.add(response.body());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        return new Answered(watched.traces.take(count), bodies);
    }

    @Override
    public void close() throws IOException, SQLException {
        app.destroyForcibly();
        watched.close();
        server.close();
    }
}
