package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Outcome;
import dev.headroom.proxy.net.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class ManyRequestsTest {
    private static final int CONNECTIONS = 64;
    private static final int REQUESTS = 100_000;

    /** Notes which requests were started and completed. Called on the loop's thread alone. */
    private static final class Tally implements CaptureSink {
        private final CaptureMeter meter = new CaptureMeter();
        private final BitSet started = new BitSet();
        private final BitSet completed = new BitSet();

        @Override
        public boolean offer(CaptureEvent event) {
            if (event instanceof CaptureEvent.RequestStarted start) {
                started.set((int) start.id());
            } else if (event instanceof CaptureEvent.RequestFinished end
                    && end.request().outcome() == Outcome.COMPLETED
                    && started.get((int) end.request().id())) {
                completed.set((int) end.request().id());
            }
            return true;
        }

        @Override
        public CaptureMeter meter() {
            return meter;
        }
    }

    @Test
    void loses_none_of_100_000_requests_and_mixes_none_up() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            for (String head = connection.head(); head != null; head = connection.head()) {
                String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"));
                String body = head.startsWith("POST") ? connection.read(path.length()) : "-";
                boolean mirrored = body.equals("-") || body.equals(path);
                String content = path + (mirrored ? " " : " mixed up ") + "x".repeat(path.hashCode() & 1023);
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + content.length() + "\r\n\r\n" + content);
                connection.forget();
            }
        });
        Tally tally = new Tally();
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        EventLoop loop = EventLoop.start("test loop");
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (app;
                HttpProxy proxy = HttpProxy.start(loop, tally, HttpProxySettings.of(listen, app::address))) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                int client = i;
                work.add(() -> ask(proxy.port(), client));
            }
            int right = 0;
            for (Future<Integer> asked : clients.invokeAll(work)) {
                right += asked.get();
            }
            assertThat(right).isEqualTo(REQUESTS);
        } finally {
            clients.shutdown();
            loop.close();
        }
        assertThat(loop.failures()).isZero();
        assertThat(tally.meter.counters().requests()).isEqualTo(REQUESTS);
        assertThat(tally.completed.cardinality()).isEqualTo(REQUESTS);
    }

    private static int ask(int port, int client) throws Exception {
        int right = 0;
        try (RawClient connection = new RawClient(port)) {
            for (int i = client; i < REQUESTS; i += CONNECTIONS) {
                String path = "/" + client + "/" + i;
                boolean post = i % 3 == 0;
                connection.send(
                        post
                                ? "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + path.length()
                                        + "\r\n\r\n" + path
                                : "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                String content = path + " " + "x".repeat(path.hashCode() & 1023);
                String response = "HTTP/1.1 200 OK\r\nContent-Length: " + content.length() + "\r\n\r\n" + content;
                if (connection.read(response.length()).equals(response)) {
                    right++;
                }
            }
        }
        return right;
    }
}
