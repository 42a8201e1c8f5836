package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.headroom.core.trace.Attribution;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who tries to have a statement called a request's that did not send it; nothing in the app tells which did. */
class AttributionOverTheWireTest {
    private static EmbeddedPostgres server;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<BackgroundJob> jobs = new ArrayList<>();
    private volatile HttpHandler handler = HttpExchange::close;
    private Watched watched;

    @BeforeAll
    static void startServer() throws IOException, SQLException {
        server = Shop.open();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @BeforeEach
    void start() throws IOException {
        watched = Watched.serving(server.getPort(), exchange -> handler.handle(exchange));
    }

    @AfterEach
    void stop() throws SQLException {
        for (BackgroundJob job : jobs) {
            job.close();
        }
        threads.shutdownNow();
        watched.close();
    }

    private void serve(HttpHandler how) {
        handler = how;
    }

    private static String mark(HttpExchange exchange) {
        return Marks.of(Marks.number(exchange.getRequestURI().toString()));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] done = "done.".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, done.length);
        exchange.getResponseBody().write(done);
        exchange.close();
    }

    private void get(int number) throws IOException {
        get(watched.port(), number);
    }

    private static void get(int port, int number) throws IOException {
        try (RawRequest request = new RawRequest(port)) {
            request.send(RawRequest.get("/?" + number)).readUntil("done.");
        }
    }

    private void work(HttpExchange exchange, int statements) throws IOException {
        String mark = mark(exchange);
        try {
            Connection connection = watched.connections.take("");
            for (int i = 0; i < statements; i++) {
                Db.ask(connection, Marks.MARKED, mark);
            }
            watched.connections.giveBack("", connection);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private Map<Attribution, Integer> check(int requests) {
        return new Marks(watched.digester).check(watched.traces.take(requests));
    }

    private static <T> void all(List<Future<T>> futures) throws Exception {
        for (Future<T> future : futures) {
            future.get();
        }
    }

    @Test
    void eightClientsAnAbandonedRequestAndTwoJobs() throws Exception {
        CountDownLatch atWork = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        serve(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/abandoned")) {
                atWork.countDown();
                while (over.getCount() > 0) {
                    work(exchange, 1);
                }
            }
            work(exchange, 5);
            answer(exchange);
        });
        jobs.add(BackgroundJob.onItsOwn(watched.connections));
        jobs.add(BackgroundJob.fromPool(watched.connections));
        try (RawRequest abandoned = new RawRequest(watched.port())) {
            abandoned.send(RawRequest.get("/abandoned?1"));
            atWork.await();
        }
        for (int i = 2; i < 12; i++) {
            get(i); // alone, but for the one that nobody waits for
        }
        List<Future<Integer>> clients = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            int first = 100 + client * 100;
            clients.add(threads.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    get(first + i);
                }
                return first;
            }));
        }
        all(clients);
        over.countDown();
        for (int i = 20; i < 40; i++) {
            get(i);
        }
        check(1 + 10 + 160 + 20);
    }

    @Test
    void loneRequestsBesideAJobOnItsOwnConnectionAreStillTold() throws Exception {
        serve(exchange -> {
            work(exchange, 20);
            answer(exchange);
        });
        jobs.add(BackgroundJob.onItsOwn(watched.connections));
        for (int i = 1; i <= 30; i++) {
            get(i);
        }
        assertThat(check(30)).containsEntry(Attribution.LIKELY_ALONE, 600);
    }

    @Test
    void loneRequestsBesideAJobThatBorrowsFromTheirPool() throws Exception {
        serve(exchange -> {
            work(exchange, 20);
            work(exchange, 20);
            answer(exchange);
        });
        // several connections, so that the job may get one that it never had before
        List<Connection> pool = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pool.add(watched.connections.take(""));
        }
        for (Connection connection : pool) {
            watched.connections.giveBack("", connection);
        }
        jobs.add(BackgroundJob.fromPool(watched.connections));
        for (int i = 1; i <= 30; i++) {
            get(i);
        }
        check(30);
    }

    @Test
    void aJobThatFirstBorrowsWhileTheFirstRequestIsAlone() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        serve(exchange -> {
            work(exchange, 3);
            seen.countDown();
            await(goOn);
            work(exchange, 3);
            answer(exchange);
        });
        jobs.add(BackgroundJob.onItsOwn(watched.connections));
        jobs.add(BackgroundJob.fromPool(watched.connections));
        Future<Boolean> first = threads.submit(() -> {
            get(1);
            return true;
        });
        seen.await();
        BackgroundJob.onItsOwn(watched.connections).close();
        goOn.countDown();
        first.get();
        check(1);
    }

    @Test
    void aCommitThatComesAfterTheResponseBelongsToItsOwnRequest() throws Exception {
        CountDownLatch[] answered = {new CountDownLatch(1), new CountDownLatch(1)};
        serve(exchange -> {
            int number = Marks.number(exchange.getRequestURI().toString());
            try {
                Connection connection = watched.connections.open("");
                connection.setAutoCommit(false);
                Db.ask(connection, Marks.MARKED, mark(exchange));
                answer(exchange);
                if (number == 1) {
                    await(answered[0]); // the next request is in the app by now
                    Db.ask(connection, Marks.MARKED, mark(exchange));
                }
                connection.commit();
                if (number == 1) {
                    answered[1].countDown();
                }
                connection.close();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        });
        get(1);
        try (RawRequest second = new RawRequest(watched.port())) {
            second.send("POST /?2 HTTP/1.1\r\nHost: test\r\nContent-Length: 1\r\n\r\n");
            answered[0].countDown();
            await(answered[1]);
            second.send("x").readUntil("done.");
        }
        check(2);
    }

    @Test
    void statementsBeforeTheBodyIsReadAreTheRequests() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        serve(exchange -> {
            work(exchange, 3);
            asked.countDown();
            exchange.getRequestBody().readAllBytes();
            work(exchange, 3);
            answer(exchange);
        });
        try (RawRequest slow = new RawRequest(watched.port())) {
            slow.send("POST /?1 HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n12345");
            await(asked);
            slow.send("67890").readUntil("done.");
        }
        assertThat(check(1)).containsEntry(Attribution.LIKELY_ALONE, 6);
    }

    @Test
    void statementsWhileTheResponseStreamsAreItsOwnOrNobodys() throws Exception {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 10; i++) {
                work(exchange, 1);
                exchange.getResponseBody().write("row ".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            exchange.close();
        });
        try (RawRequest alone = new RawRequest(watched.port())) {
            alone.send(RawRequest.get("/?1")).readUntil("0\r\n\r\n");
        }
        assertThat(check(1)).containsEntry(Attribution.LIKELY_ALONE, 10);
        List<Future<String>> together = new ArrayList<>();
        for (int i = 2; i <= 9; i++) {
            int number = i;
            together.add(threads.submit(() -> {
                try (RawRequest one = new RawRequest(watched.port())) {
                    return one.send(RawRequest.get("/?" + number)).readUntil("0\r\n\r\n");
                }
            }));
        }
        all(together);
        check(8);
    }

    @Test
    void aStreamOfEventsThatAsksTheDatabaseGivesItsStatementsToNobodyElse() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch streaming = new CountDownLatch(3);
        serve(exchange -> {
            if (!exchange.getRequestURI().getPath().equals("/events")) {
                work(exchange, 10);
                answer(exchange);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            while (over.getCount() > 0) {
                work(exchange, 1);
                exchange.getResponseBody().write("data: x\n\n".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                streaming.countDown();
            }
            exchange.close();
        });
        try (RawRequest events = new RawRequest(watched.port())) {
            events.send(RawRequest.get("/events?1"));
            await(streaming);
            for (int i = 2; i <= 20; i++) {
                get(i);
            }
            over.countDown();
            events.readUntil("0\r\n\r\n");
        }
        check(20);
    }

    @Test
    void aWebSocketThatAsksTheDatabaseGivesItsStatementsToNobodyElse() throws Exception {
        try (UpgradingApp app = new UpgradingApp();
                Watched front = Watched.inFrontOf(server.getPort(), app.address())) {
            app.serve((path, mark) -> {
                Connection connection = front.connections.take("");
                Db.ask(connection, Marks.MARKED, mark);
                front.connections.giveBack("", connection);
            });
            try (RawRequest socket = new RawRequest(front.port())) {
                socket.send(RawRequest.get("/?1", "Connection: Upgrade\r\nUpgrade: websocket\r\n"))
                        .readUntil("\r\n\r\n");
                socket.send("message").readUntil("message");
                CountDownLatch over = new CountDownLatch(1);
                Future<Integer> messages = threads.submit(() -> {
                    int count = 0;
                    while (over.getCount() > 0) {
                        socket.send("message").readUntil("message");
                        count++;
                    }
                    return count;
                });
                for (int i = 2; i <= 30; i++) {
                    get(front.port(), i);
                }
                over.countDown();
                assertThat(messages.get()).isPositive();
            }
            new Marks(front.digester).check(front.traces.take(30));
        }
    }

    @Test
    void aLoneRequestThatFansOutToThreeConnectionsHasThemAll() throws Exception {
        serve(exchange -> {
            List<Future<Boolean>> parts = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                Callable<Boolean> work = () -> {
                    work(exchange, 10);
                    return true;
                };
                parts.add(threads.submit(work));
            }
            try {
                all(parts);
            } catch (Exception e) {
                throw new IOException(e);
            }
            answer(exchange);
        });
        for (int i = 1; i <= 5; i++) {
            get(i);
        }
        assertThat(check(5)).containsEntry(Attribution.LIKELY_ALONE, 150);
    }

    @Test
    void requestsInOnePieceOnOneConnectionAreKeptApart() throws Exception {
        serve(exchange -> {
            work(exchange, 5);
            answer(exchange);
        });
        try (RawRequest client = new RawRequest(watched.port())) {
            client.send(RawRequest.get("/?1") + RawRequest.get("/?2") + RawRequest.get("/?3"));
            for (int i = 0; i < 3; i++) {
                client.readUntil("done.");
            }
        }
        check(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
