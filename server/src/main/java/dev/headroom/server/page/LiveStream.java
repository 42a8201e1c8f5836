package dev.headroom.server.page;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads on in the recordings while somebody looks, and tells browsers by server-sent events that there is news. Its
 * thread starts with the first look and ends a while after the last. Thread-safe.
 */
final class LiveStream implements AutoCloseable {
    private static final int MOST_CLIENTS = 32;
    private static final long EVERY_MILLIS = 1_000;
    private static final long UNTIL_IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int QUIET_ROUNDS = 15;

    private final OpenRecordings recordings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final List<HttpExchange> clients = new ArrayList<>();
    private boolean running;
    private boolean closed;
    private boolean greeting;
    private long lastLook;
    private long rounds;

    LiveStream(OpenRecordings recordings) {
        this.recordings = recordings;
    }

    void handle(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        send(exchange, ": hello\n\n");
        lock.lock();
        try {
            if (closed || clients.size() >= MOST_CLIENTS) {
                exchange.close();
                return;
            }
            clients.add(exchange);
            greeting = true;
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** Somebody looks: reads what is new, now and for a while. */
    void wake() {
        lock.lock();
        try {
            lastLook = System.nanoTime();
            if (!running && !closed) {
                running = true;
                Thread thread = new Thread(this::follow, "headroom-page-live");
                thread.setDaemon(true);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void follow() {
        int quiet = 0;
        while (goOn()) {
            boolean news = greets();
            try {
                for (OpenRecording each : recordings.all()) {
                    news |= each.follow();
                }
            } catch (HeadroomException e) {
                // The same is told to whoever asks for the recording.
                news = false;
            }
            quiet = news ? 0 : quiet + 1;
            if (news || quiet % QUIET_ROUNDS == 0) {
                tell(news);
            }
        }
    }

    /** Whether somebody came since: what was told before, they have not heard. */
    private boolean greets() {
        lock.lock();
        try {
            boolean greets = greeting;
            greeting = false;
            return greets;
        } finally {
            lock.unlock();
        }
    }

    private boolean goOn() {
        lock.lock();
        try {
            // The first round comes at once.
            long left = rounds++ > 0 ? TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS) : 0;
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
            boolean wanted = !clients.isEmpty() || System.nanoTime() - lastLook < UNTIL_IDLE_NANOS;
            running = !closed && wanted;
            rounds = running ? rounds : 0;
            return running;
        } catch (InterruptedException e) {
            running = false;
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void tell(boolean news) {
        List<HttpExchange> all;
        lock.lock();
        try {
            all = List.copyOf(clients);
        } finally {
            lock.unlock();
        }
        String message = news ? "event: news\ndata: " + state() + "\n\n" : ": quiet\n\n";
        for (HttpExchange each : all) {
            send(each, message);
        }
    }

    private String state() {
        try {
            List<Object> states = new ArrayList<>();
            for (OpenRecording each : recordings.all()) {
                states.add(Map.of("version", each.view().version(), "finished", each.finished()));
            }
            return JSON.std.asString(states);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void send(HttpExchange client, String message) {
        try {
            client.getResponseBody().write(message.getBytes(StandardCharsets.UTF_8));
            client.getResponseBody().flush();
        } catch (IOException e) {
            // It went away.
            client.close();
            lock.lock();
            try {
                clients.remove(client);
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            clients.forEach(HttpExchange::close);
            clients.clear();
        } finally {
            lock.unlock();
        }
    }
}
