package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Checks;
import dev.headroom.core.check.Doctor;
import dev.headroom.core.check.Finding;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs scenarios one after another on one database and one pair of proxies. */
final class WireStand implements AutoCloseable {
    private final EmbeddedPostgres server = Shop.open();
    private final Watched watched;
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile @Nullable WireScenario current;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    WireStand() throws IOException, SQLException {
        watched = Watched.serving(server.getPort(), this::handle);
        watched.warmUp();
    }

    /** Sends the scenario's requests; what was captured of them. */
    Traces.Taken run(WireScenario scenario) {
        current = scenario;
        for (int i = 1; i <= scenario.requests(); i++) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + watched.port() + "/scenario?request=" + i))
                    .build();
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        Traces.Taken taken = watched.traces.take(scenario.requests());
        assertThat(failure.getAndSet(null))
                .as("%s: what the app threw", scenario)
                .isNull();
        return taken;
    }

    /** What all checks say of it. */
    static List<Finding> diagnose(Traces.Taken taken) {
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        taken.tell(doctor);
        return doctor.diagnosis().findings();
    }

    private void handle(HttpExchange exchange) throws IOException {
        WireScenario scenario = current;
        String query = exchange.getRequestURI().getQuery();
        int number = Integer.parseInt(query.substring(query.indexOf('=') + 1));
        try (exchange) {
            if (scenario == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            try (Db db = new Db(watched.connections, scenario.parameters(), number)) {
                scenario.work().answer(db);
                answer(exchange, db.shown());
            } catch (Throwable e) {
                failure.set(e);
                exchange.sendResponseHeaders(500, -1);
            }
        }
    }

    private static void answer(HttpExchange exchange, List<String> shown) throws IOException {
        boolean json = !shown.isEmpty();
        byte[] body = (json ? "[\"" + String.join("\", \"", shown) + "\"]" : "done").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", json ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() throws IOException, SQLException {
        watched.close();
        server.close();
    }
}
