package dev.headroom.server.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A server between a browser and the page's, that passes all on, but can let answers wait, replace them, break them off,
 * or be gone for a while.
 */
final class HinderedServer implements AutoCloseable {
    /** What happens to an answer. */
    private interface Hindrance {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private final URI behind;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private HttpServer server;
    private volatile Predicate<String> hindered = path -> false;
    private volatile Hindrance hindrance = this::pass;
    private volatile CountDownLatch waiting = new CountDownLatch(0);
    private volatile CountDownLatch news = new CountDownLatch(0);

    HinderedServer(URI behind) throws IOException {
        this.behind = behind;
        server = listen(0);
        port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        listening.setExecutor(threads);
        listening.createContext("/", this::handle);
        listening.start();
        return listening;
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** Answers to these paths wait until {@link #release}. */
    void hold(Predicate<String> paths) {
        CountDownLatch latch = new CountDownLatch(1);
        waiting = latch;
        hindrance = exchange -> {
            latch.await();
            pass(exchange);
        };
        hindered = paths;
    }

    /** These paths are answered so. */
    void answer(Predicate<String> paths, int status, String body) {
        hindrance = exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
        hindered = paths;
    }

    /** Answers to these paths break off in their middle. */
    void breakOff(Predicate<String> paths) {
        hindrance = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 10_000);
            exchange.getResponseBody().write("{\"findings\": [".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
        hindered = paths;
    }

    /** All is passed on, what waits too. */
    void release() {
        hindered = path -> false;
        waiting.countDown();
    }

    /** Whoever connects from here on hears of no news, until they are told again. */
    void keepNews(boolean keep) {
        news.countDown();
        news = new CountDownLatch(keep ? 1 : 0);
    }

    /** Nobody listens, and all connections end. */
    void goAway() {
        server.stop(0);
    }

    /** Listens at the same port again. */
    void comeBack() throws IOException {
        server = listen(port);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/api/live")) {
                news.await();
            }
            if (hindered.test(exchange.getRequestURI().getPath())) {
                hindrance.answer(exchange);
            } else {
                pass(exchange);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(HttpExchange exchange) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        behind.resolve(exchange.getRequestURI().toString()))
                .build();
        HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        answer.headers()
                .firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(answer.statusCode(), 0);
        try (InputStream in = answer.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        }
    }

    @Override
    public void close() {
        release();
        keepNews(false);
        server.stop(0);
        threads.shutdownNow();
    }
}
