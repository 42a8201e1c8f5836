package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.HeldPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HttpProxyTest {
    @Test
    void keeps_connections_on_both_sides_from_request_to_request() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(ProxyFixture.OK));
                RawClient client = proxied.client()) {
            for (int i = 1; i <= 3; i++) {
                client.send("GET /orders/" + i + " HTTP/1.1\r\nHost: shop\r\n\r\n");
                assertThat(client.readTo("ok")).isEqualTo(ProxyFixture.OK);
            }
            List<Request> requests = proxied.sink.finished(3);
            assertThat(requests).extracting(Request::id).containsExactly(1L, 2L, 3L);
            assertThat(requests).extracting(Request::route).containsOnly("/orders/{id}");
            assertThat(requests).extracting(Request::outcome).containsOnly(Outcome.COMPLETED);
            assertThat(requests).extracting(Request::bytesOut).containsOnly(2L);
            assertThat(proxied.sink.meter().counters().requests()).isEqualTo(3);
            assertThat(proxied.app.heads.get(2)).contains("X-Headroom-Request: 3\r\n");
        }
    }

    @Test
    void states_a_request_before_the_app_gets_it() throws Exception {
        RecordingSink[] sink = new RecordingSink[1];
        boolean[] stated = new boolean[1];
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            stated[0] = sink[0].events().stream().anyMatch(CaptureEvent.RequestStarted.class::isInstance);
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            sink[0] = proxied.sink;
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            assertThat(stated[0]).isTrue();
        }
    }

    @Test
    void passes_a_body_and_a_chunked_response_with_trailers_as_they_are() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n0\r\nDigest: abc\r\n\r\n";
        String[] body = new String[1];
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            body[0] = connection.read(11);
            connection.send(chunked);
            connection.head();
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello ")
                    .send("world");
            assertThat(client.readTo("abc\r\n\r\n")).isEqualTo(chunked);
            assertThat(body[0]).isEqualTo("hello world");
            assertThat(proxied.sink.only().bytesIn()).isEqualTo(11);
        }
    }

    @Test
    void ends_the_connection_where_only_that_ends_the_response() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.0 200 OK\r\n\r\nas long as it takes");
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.readAll()).isEqualTo("HTTP/1.0 200 OK\r\n\r\nas long as it takes");
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void waits_for_an_app_that_does_not_listen_yet() throws Exception {
        CountDownLatch refused = new CountDownLatch(3);
        RecordingSink sink = new RecordingSink();
        EventLoop loop = EventLoop.start("loop");
        InetAddress here = InetAddress.getLoopbackAddress();
        try (loop;
                HeldPort port = HeldPort.any();
                HttpProxy proxy =
                        HttpProxy.start(loop, sink, HttpProxySettings.of(new InetSocketAddress(here, 0), () -> {
                            refused.countDown();
                            return new InetSocketAddress(here, port.number);
                        }));
                RawClient client = new RawClient(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(refused.await(60, TimeUnit.SECONDS)).isTrue();
            long upNanos = System.nanoTime();
            try (ScriptedApp app = ScriptedApp.start(port.number, connection -> {
                connection.head();
                connection.send(ProxyFixture.OK);
                connection.head();
            })) {
                assertThat(client.readTo("ok")).isEqualTo(ProxyFixture.OK);
                assertThat(app.heads).hasSize(1);
                // what the app did while it started was not done for this request
                assertThat(sink.only().startNanos()).isGreaterThan(upNanos);
                assertThat(sink.only().queueNanos()).isPositive();
            }
        }
    }

    @Test
    void says_plainly_that_the_app_is_gone() throws Exception {
        ProxyFixture proxied = new ProxyFixture(ScriptedApp.start(connection -> {
            connection.head();
            connection.send(ProxyFixture.OK);
        }));
        try (proxied) {
            try (RawClient client = proxied.client()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            }
            proxied.app.close();
            try (RawClient client = proxied.client()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                        .contains("Headroom: the app no longer accepts connections");
            }
            assertThat(proxied.sink.finished(2).get(1).outcome()).isEqualTo(Outcome.APP_UNREACHABLE);
            assertThat(proxied.sink.happened(Event.Kind.APP_UNREACHABLE).requestId())
                    .isEqualTo(2);
        }
    }

    @Test
    void passes_requests_singly_where_that_is_wanted() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            while (connection.head() != null) {
                release.await();
                connection.send(ProxyFixture.OK);
            }
        });
        try (ProxyFixture proxied = new ProxyFixture(app, settings -> settings.withOneAtATime(true));
                RawClient first = proxied.client();
                RawClient second = proxied.client()) {
            first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            release.countDown();
            first.readTo("ok");
            second.readTo("ok");
            List<Request> requests = proxied.sink.finished(2);
            assertThat(requests).extracting(Request::inFlight).containsOnly(1);
            assertThat(requests.get(1).startNanos())
                    .isGreaterThanOrEqualTo(requests.get(0).workEndNanos());
        }
    }
}
