package dev.headroom.examples.orders;

import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The application in one stage on a port of its own, started once for all tests; it ends with the JVM. */
record RunningStage(ConfigurableApplicationContext context) {
    private static final Map<String, RunningStage> RUNNING = new ConcurrentHashMap<>();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    /** A response's body, and what was executed for it as Hibernate and PostgreSQL saw it. */
    record Answer(String body, long hibernateStatements, List<PostgresLog.Execution> executions) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    static RunningStage of(String stage) {
        return RUNNING.computeIfAbsent(stage, RunningStage::start);
    }

    /** One request at a time, so that all that the log gains belongs to it. */
    synchronized Answer get(String path) throws IOException, InterruptedException {
        var port = context.getEnvironment().getRequiredProperty("local.server.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        var log = OrdersDatabase.log();
        var logged = log.size();
        var prepared = statistics().getPrepareStatementCount();
        var response = CLIENT.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return new Answer(response.body(), statistics().getPrepareStatementCount() - prepared, log.since(logged));
    }

    private Statistics statistics() {
        return context.getBean(EntityManagerFactory.class)
                .unwrap(SessionFactory.class)
                .getStatistics();
    }

    static RunningStage start(String stage) {
        return new RunningStage(SpringApplication.run(
                OrdersApplication.class,
                "--orders.stage=" + stage,
                "--server.port=0",
                "--DATABASE_URL=" + OrdersDatabase.url(),
                "--spring.jpa.properties.hibernate.generate_statistics=true",
                "--logging.level.root=warn"));
    }
}
