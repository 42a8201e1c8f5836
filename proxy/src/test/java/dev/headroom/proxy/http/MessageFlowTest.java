package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.atIndex;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What HTTP/1.1 can do beyond a request and its response. */
@Timeout(120)
class MessageFlowTest {
    @Test
    void leaves_100_continue_to_the_app() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + connection.read(4));
            connection.head();
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("PUT /f HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readTo("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("body");
            assertThat(client.readTo("body")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(proxied.sink.only().status()).isEqualTo(200);
        }
    }

    @Test
    void passes_interim_responses() throws Exception {
        String answer = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + ProxyFixture.OK;
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(answer));
                RawClient client = proxied.client()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok"))
                        .isEqualTo(answer);
            }
        }
    }

    @Test
    void knows_that_an_answer_to_head_and_a_304_have_no_body() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            connection.head();
            connection.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 1000\r\n\r\n");
            connection.head();
            connection.send("HTTP/1.1 204 No Content\r\n\r\n");
            connection.head();
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readTo("ok")).isEqualTo(ProxyFixture.OK);
        }
    }

    @Test
    void answers_pipelined_requests_in_their_order() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            for (String head = connection.head(); head != null; head = connection.head()) {
                String path = head.split(" ", 3)[1];
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
            }
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 100; i < 400; i++) {
                requests.append("POST /").append(i).append(" HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            }
            client.send(requests.toString());
            for (int i = 100; i < 400; i++) {
                assertThat(client.readTo("/" + i)).endsWith("\r\n\r\n/" + i);
            }
            assertThat(proxied.sink.finished(300)).hasSize(300);
        }
    }

    @Test
    void passes_another_protocol_both_ways_after_an_upgrade() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nhello");
            for (String word = connection.read(4); word.length() == 4; word = connection.read(4)) {
                connection.send(word);
            }
            connection.send("bye");
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
            assertThat(client.readTo("hello")).contains("Upgrade: echo\r\n");
            assertThat(proxied.sink.events()).anyMatch(CaptureEvent.RequestStreaming.class::isInstance);
            client.send("ping").readTo("ping");
            client.socket.shutdownOutput();
            assertThat(client.readAll()).isEqualTo("bye");
            Request request = proxied.sink.only();
            assertThat(request.outcome()).isEqualTo(Outcome.UPGRADED);
            assertThat(request.status()).isEqualTo(101);
        }
    }

    @Test
    void takes_out_an_upgrade_to_http_2() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(ProxyFixture.OK));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n")
                    .send("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n")
                    .readTo("ok");
            assertThat(proxied.app.heads.get(0))
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContain("HTTP2");
        }
    }

    @Test
    void passes_events_as_they_come_and_does_not_count_them_as_in_flight() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            if (String.valueOf(connection.head()).startsWith("GET /events")) {
                connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
                next.await();
                connection.send("data: 2\n\n");
            } else {
                connection.send(ProxyFixture.OK);
            }
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient listener = proxied.client();
                RawClient other = proxied.client()) {
            listener.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").readTo("data: 1\n\n");
            other.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            assertThat(proxied.sink.only().inFlight()).isEqualTo(1);
            next.countDown();
            assertThat(listener.readAll()).isEqualTo("data: 2\n\n");
            Request events = proxied.sink.finished(2).get(1);
            assertThat(events.streaming()).isTrue();
            assertThat(events.outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void passes_an_answer_that_comes_before_the_body_is_sent() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
            client.send("x".repeat(1000));
            assertThat(client.readAll()).endsWith("\r\n\r\nbig");
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void ends_the_connection_where_the_app_leaves_after_an_early_answer() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send(ProxyFixture.OK);
            connection.in.skip(connection.in.available());
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
            assertThat(client.readAll()).isEqualTo(ProxyFixture.OK);
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void resets_the_connection_where_the_app_did_and_the_end_would_not_show() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\n\r\nhalf");
            connection.read(1);
            connection.socket.setSoLinger(true, 0);
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n")
                    .readTo("half");
            client.send("!");
            assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.APP_GONE);
        }
    }

    @Test
    void repeats_a_request_once_where_the_app_had_just_closed_a_kept_connection() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send(ProxyFixture.OK);
            connection.head(); // and closes without an answer, as on a time-out that crossed the request
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            assertThat(app.heads).hasSize(3);
            client.send("POST /3 HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 502 ").contains("closed the connection without a");
            assertThat(proxied.sink.finished(3).get(2).outcome()).isEqualTo(Outcome.APP_GONE);
        }
    }

    @Test
    void cuts_a_response_off_where_the_app_did() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).endsWith("\r\n\r\nhalf");
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.APP_GONE);
        }
    }

    @Test
    void says_plainly_that_the_app_speaks_tls_or_http_2() throws Exception {
        ScriptedApp tls = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("\u0015\u0003\u0001\u0000\u0002\u0002F");
        });
        try (ProxyFixture proxied = new ProxyFixture(tls);
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 502 ").contains("the app speaks TLS");
            assertThat(proxied.sink.happened(Event.Kind.BAD_RESPONSE).text()).contains("let it speak plain HTTP");
        }
        ScriptedApp http2 = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000");
        });
        try (ProxyFixture proxied = new ProxyFixture(http2);
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).contains("the app speaks only HTTP/2");
        }
    }

    @Test
    void tells_the_app_who_asks_and_keeps_what_a_router_told() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(ProxyFixture.OK));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: shop:80\r\n\r\n").readTo("ok");
            assertThat(proxied.app.heads.get(0))
                    .contains("X-Forwarded-For: 127.0.0.1\r\n")
                    .contains("X-Forwarded-Proto: http\r\n")
                    .contains("X-Forwarded-Host: shop:80\r\n")
                    .contains("X-Forwarded-Port: " + proxied.proxy.port() + "\r\n");
            List<String> lines = List.of(
                    "GET / HTTP/1.1",
                    "Host: a",
                    "x-forwarded-for: 1.2.3.4",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Port: 443",
                    "X-Request-ID: r1",
                    "X-Request-Start: 1",
                    "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                    "X_Headroom-Request: 9",
                    "X-Headroom-Request: 8");
            client.send(String.join("\r\n", lines) + "\r\n\r\n").readTo("ok");
            assertThat(proxied.app.heads.get(1))
                    .contains("x-forwarded-for: 1.2.3.4, 127.0.0.1\r\n")
                    .contains("X-Forwarded-Proto: https\r\n")
                    .contains("X-Forwarded-Port: 443\r\n")
                    .contains("X-Request-ID: r1\r\n")
                    .contains("X-Request-Start: 1\r\n")
                    .contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n")
                    .contains("X-Headroom-Request: 2\r\n")
                    .doesNotContain("X_Headroom")
                    .doesNotContain(": 8\r\n")
                    .doesNotContain("Proto: http\r\n");
            assertThat(proxied.sink.events())
                    .anyMatch(event -> event instanceof CaptureEvent.RequestStarted started
                            && "0af7651916cd43dd8448eb211c80319c".equals(started.traceId()));
        }
    }

    @Test
    void measures_how_long_a_request_had_been_under_way() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(ProxyFixture.OK));
                RawClient client = proxied.client()) {
            long since = System.currentTimeMillis() - 2_000;
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Start: t=" + since / 1000 + ".5\r\n\r\n")
                    .readTo("ok");
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Start: " + since + "\r\n\r\n")
                    .readTo("ok");
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Start: " + since + "000\r\n\r\n")
                    .readTo("ok");
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX-Request-Start: soon\r\n\r\n")
                    .readTo("ok");
            assertThat(proxied.sink.finished(4))
                    .extracting(Request::queueNanos)
                    .satisfies(queued -> assertThat(queued).isBetween(500_000_000L, 20_000_000_000L), atIndex(0))
                    .satisfies(queued -> assertThat(queued).isBetween(2_000_000_000L, 20_000_000_000L), atIndex(1))
                    .satisfies(queued -> assertThat(queued).isBetween(2_000_000_000L, 20_000_000_000L), atIndex(2))
                    .satisfies(queued -> assertThat(queued).isEqualTo(-1), atIndex(3));
        }
    }

    @Test
    void takes_identity_for_no_transfer_coding_as_clients_do() throws Exception {
        String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok";
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(response));
                RawClient client = proxied.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readTo("ok")).isEqualTo(response);
            client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readTo("ok")).isEqualTo(response);
            assertThat(proxied.sink.finished(2)).hasSize(2);
        }
    }

    @Test
    void refuses_a_later_request_on_a_connection_with_an_answer_too() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(ProxyFixture.OK));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").contains("more than one Host");
        }
    }
}
