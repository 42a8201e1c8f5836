package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when one side leaves, or takes its time. */
@Timeout(120)
class DisconnectTest {
    /** How long a client may take to end its side, where it does so at once and the machine may be slow. */
    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    @Test
    void tells_the_app_that_the_client_has_gone_and_sees_how_long_it_goes_on() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch noticed = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            asked.countDown();
            if (connection.in.read() < 0) {
                noticed.countDown();
            }
            answer.await();
            connection.send(ProxyFixture.OK);
        });
        Duration none = Duration.ofNanos(1);
        try (ProxyFixture proxied = new ProxyFixture(
                app,
                settings -> settings.withLimit(TimeLimit.HALF_CLOSE, none).withLimit(TimeLimit.UNNOTED_WORK, none))) {
            try (RawClient client = proxied.client()) {
                client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
                asked.await();
            }
            noticed.await();
            assertThat(proxied.sink.finished()).isEmpty();
            answer.countDown();
            Request request = proxied.sink.only();
            assertThat(request.outcome()).isEqualTo(Outcome.CLIENT_GONE);
            assertThat(request.workEndNanos()).isGreaterThan(request.endNanos());
            assertThat(proxied.sink.happened(Event.Kind.WORK_AFTER_CLIENT_GONE).text())
                    .contains("the app went on for");
        }
    }

    @Test
    void answers_all_requests_of_a_client_that_sent_them_at_once_and_ended_its_side() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(
                        ScriptedApp.answering(ProxyFixture.OK),
                        settings -> settings.withLimit(TimeLimit.HALF_CLOSE, AT_ONCE));
                RawClient client = proxied.client()) {
            String request = "%s HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
            client.send(request.formatted("GET /1") + request.formatted("POST /2") + request.formatted("GET /3"));
            client.socket.shutdownOutput();
            assertThat(client.readAll()).isEqualTo(ProxyFixture.OK.repeat(3));
            assertThat(proxied.sink.finished(3)).extracting(Request::outcome).containsOnly(Outcome.COMPLETED);
        }
    }

    @Test
    void answers_requests_that_came_while_the_first_was_under_way_before_the_client_ended_its_side() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            asked.countDown();
            answer.await();
            connection.send(ProxyFixture.OK);
            connection.head();
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.HALF_CLOSE, AT_ONCE));
                RawClient client = proxied.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await();
            client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            client.socket.shutdownOutput();
            answer.countDown();
            assertThat(client.readAll()).isEqualTo(ProxyFixture.OK.repeat(2));
        }
    }

    @Test
    void gives_up_on_a_body_that_stalls_but_not_on_one_that_is_slow() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            if (String.valueOf(connection.head()).startsWith("POST /slow")) {
                while (connection.in.read() != '.') {
                    // a piece of the body
                }
                connection.send(ProxyFixture.OK);
            } else if (connection.read(30).length() == 2) {
                stalled.countDown();
            }
        });
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.BODY, Duration.ofSeconds(3)));
                RawClient slow = proxied.client();
                RawClient loris = proxied.client()) {
            slow.send("POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            loris.send("POST /stalls HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nxx");
            do {
                slow.send("1\r\nx\r\n"); // longer than the limit in all, since the other one began later
            } while (!stalled.await(20, TimeUnit.MILLISECONDS));
            slow.send("1\r\n.\r\n0\r\n\r\n").readTo("ok");
            assertThat(loris.readAll()).startsWith("HTTP/1.1 408 ").contains("no more of the request's body");
            assertThat(proxied.sink.finished(2))
                    .extracting(Request::path, Request::outcome)
                    .containsExactly(tuple("/stalls", Outcome.CLIENT_GONE), tuple("/slow", Outcome.COMPLETED));
        }
    }

    @Test
    void gives_up_on_a_client_that_waits_for_a_continue_which_never_comes() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.read(4);
        });
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.BODY, Duration.ofSeconds(1)));
                RawClient client = proxied.client()) {
            client.send("PUT /f HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 408 ")
                    .contains("the client asked for a 100 Continue, and neither that nor the body came for 1 s.");
            assertThat(proxied.sink.finished(1))
                    .extracting(Request::path, Request::outcome)
                    .containsExactly(tuple("/f", Outcome.CLIENT_GONE));
        }
    }

    @Test
    void gives_up_on_a_client_that_was_told_to_continue_and_does_not() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 100 Continue\r\n\r\n");
            connection.read(4);
        });
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.BODY, Duration.ofSeconds(1)));
                RawClient client = proxied.client()) {
            client.send("PUT /f HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            // the interim response has passed, so the end of the connection is all that can be said
            assertThat(client.readAll()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(proxied.sink.finished(1))
                    .extracting(Request::path, Request::outcome)
                    .containsExactly(tuple("/f", Outcome.CLIENT_GONE));
        }
    }

    @Test
    void calls_a_request_complete_that_was_answered_before_its_body_was_wanted() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send(ProxyFixture.OK);
            connection.read(4);
        });
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.BODY, Duration.ofSeconds(1)));
                RawClient client = proxied.client()) {
            client.send("PUT /f HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.readAll()).isEqualTo(ProxyFixture.OK);
            assertThat(proxied.sink.finished(1))
                    .extracting(Request::path, Request::outcome)
                    .containsExactly(tuple("/f", Outcome.COMPLETED));
        }
    }

    @Test
    void answers_a_client_that_has_only_ended_its_own_side() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            ended.await();
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.HALF_CLOSE, AT_ONCE));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.socket.shutdownOutput();
            ended.countDown();
            assertThat(client.readAll()).isEqualTo(ProxyFixture.OK);
            assertThat(proxied.sink.only().status()).isEqualTo(200);
        }
    }

    @Test
    void gives_up_an_endless_answer_to_a_client_that_has_gone() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            try {
                while (true) {
                    connection.send("x".repeat(10_000));
                }
            } finally {
                stopped.countDown();
            }
        });
        try (ProxyFixture proxied = new ProxyFixture(app)) {
            try (RawClient client = proxied.client()) {
                client.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").readTo("xxx");
            }
            stopped.await();
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        }
    }

    @Test
    void closes_an_event_stream_that_nobody_listens_to() throws Exception {
        CountDownLatch noticed = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            if (connection.in.read() < 0) {
                noticed.countDown();
            }
        });
        try (ProxyFixture proxied = new ProxyFixture(app)) {
            try (RawClient client = proxied.client()) {
                client.send("GET /events HTTP/1.1\r\nHost: a\r\n\r\n").readTo("data: 1\n\n");
            }
            noticed.await();
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        }
    }

    @Test
    void holds_the_app_back_while_a_reader_is_slow_and_loses_nothing() throws Exception {
        // more than the system itself may keep of two connections (tcp(7), tcp_rmem and tcp_wmem)
        byte[] numbers = new byte[64 << 20];
        ByteBuffer filled = ByteBuffer.wrap(numbers);
        for (int i = 0; filled.hasRemaining(); i++) {
            filled.putInt(i);
        }
        CountDownLatch written = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + numbers.length + "\r\n\r\n");
            connection.out.write(numbers);
            written.countDown();
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.socket.setReceiveBufferSize(64 * 1024);
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
            assertThat(written.getCount()).isEqualTo(1);
            assertThat(client.socket.getInputStream().readNBytes(numbers.length))
                    .isEqualTo(numbers);
            assertThat(proxied.sink.only().bytesOut()).isEqualTo(numbers.length);
        }
    }

    @Test
    void records_what_a_router_would_give_up_on_but_waits_by_default() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            recorded.await();
            connection.send(ProxyFixture.OK);
        });
        Duration brief = Duration.ofMillis(60);
        try (ProxyFixture proxied = new ProxyFixture(
                        app,
                        settings ->
                                settings.withLimit(TimeLimit.FIRST_BYTE, brief).withLimit(TimeLimit.IDLE, brief));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Event event = proxied.sink.happened(Event.Kind.ROUTER_TIMEOUT);
            assertThat(event.requestId()).isEqualTo(1);
            assertThat(event.text()).startsWith("GET / had no byte").endsWith("in flight: 1");
            recorded.countDown();
            assertThat(client.readTo("ok")).isEqualTo(ProxyFixture.OK);
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.COMPLETED);
        }
    }

    @Test
    void ends_it_as_a_router_does_where_that_is_wanted() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            answered.await();
            connection.send(ProxyFixture.OK);
        });
        Duration brief = Duration.ofMillis(60);
        try (ProxyFixture proxied = new ProxyFixture(
                        app,
                        settings -> settings.withLimit(TimeLimit.FIRST_BYTE, brief)
                                .withLimit(TimeLimit.IDLE, brief)
                                .withLimit(TimeLimit.UNNOTED_WORK, Duration.ofNanos(1))
                                .withEnforceTimeout(true));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 503 ");
            assertThat(proxied.sink.happened(Event.Kind.ROUTER_TIMEOUT).text())
                    .contains("ended then, as a hosting router does (--enforce-timeout)");
            answered.countDown();
            Request request = proxied.sink.only();
            assertThat(request.outcome()).isEqualTo(Outcome.TIMED_OUT);
            assertThat(request.workEndNanos()).isGreaterThan(request.endNanos());
            // it was not the client that left
            assertThat(proxied.sink.happened(Event.Kind.WORK_AFTER_CLIENT_GONE).text())
                    .startsWith("ended as by a router after ")
                    .contains("the app went on for");
        }
    }

    @Test
    void records_a_response_that_stalls() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
            recorded.await();
            connection.send("k");
        });
        Duration brief = Duration.ofMillis(60);
        try (ProxyFixture proxied = new ProxyFixture(app, settings -> settings.withLimit(TimeLimit.IDLE, brief));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            proxied.sink.happened(Event.Kind.IDLE_TIMEOUT);
            recorded.countDown();
            client.readTo("ok");
        }
    }

    @Test
    void gives_up_on_a_head_that_never_ends() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(
                        ScriptedApp.answering(ProxyFixture.OK),
                        settings -> settings.withLimit(TimeLimit.HEAD, Duration.ofMillis(60)));
                RawClient loris = proxied.client()) {
            loris.send("GET / HTTP/1.1\r\nHost: a\r\nX-");
            assertThat(loris.readAll()).startsWith("HTTP/1.1 408 ");
            assertThat(proxied.app.heads).isEmpty();
        }
    }

    @Test
    void gives_up_on_a_client_that_rests() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(
                        ScriptedApp.answering(ProxyFixture.OK),
                        settings -> settings.withLimit(TimeLimit.KEEP_ALIVE, Duration.ofMillis(60)));
                RawClient idle = proxied.client()) {
            assertThat(idle.readAll()).isEmpty();
            assertThat(proxied.app.heads).isEmpty();
        }
    }

    @Test
    void answers_who_waits_for_an_app_that_ends_before_it_listens() throws Exception {
        ScriptedApp app = ScriptedApp.answering(ProxyFixture.OK);
        app.close();
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            while (proxied.sink.meter().counters().requests() == 0) {
                Thread.onSpinWait();
            }
            proxied.proxy.close();
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("the app ended before it answered GET /first.");
            assertThat(proxied.sink.happened(Event.Kind.APP_UNREACHABLE).requestId())
                    .isEqualTo(1);
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.APP_UNREACHABLE);
        }
    }

    @Test
    void stops_waiting_for_an_app_that_never_listens() throws Exception {
        ScriptedApp app = ScriptedApp.answering(ProxyFixture.OK);
        app.close();
        try (ProxyFixture proxied = new ProxyFixture(
                        app, settings -> settings.withLimit(TimeLimit.APP_START, Duration.ofMillis(120)));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 503 ").contains("does not listen on port");
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.APP_UNREACHABLE);
        }
    }

    @Test
    void waits_while_it_is_looked_at_where_the_app_listens_although_it_was_reached_before() throws Exception {
        ScriptedApp app = ScriptedApp.answering(ProxyFixture.OK);
        AtomicInteger asked = new AtomicInteger();
        HttpProxySettings known =
                HttpProxySettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new AppLocation() {
                    @Override
                    public @Nullable SocketAddress get() {
                        // known for the first connection, unknown three times, and known again
                        return asked.getAndIncrement() % 4 == 0 ? app.address() : null;
                    }

                    @Override
                    public SocketAddress since(long nanos) {
                        return app.address();
                    }
                });
        try (ProxyFixture proxied = new ProxyFixture(app, settings -> known);
                RawClient first = proxied.client();
                RawClient next = proxied.client()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            first.readTo("ok");
            next.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(next.readTo("ok")).startsWith("HTTP/1.1 200 ");
            assertThat(asked).hasValue(5);
        }
    }

    @Test
    void lets_the_next_through_only_when_an_abandoned_one_is_over() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            if (String.valueOf(connection.head()).startsWith("GET /slow")) {
                asked.countDown();
                answer.await();
            }
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied = new ProxyFixture(app, settings -> settings.withOneAtATime(true));
                RawClient next = proxied.client()) {
            try (RawClient client = proxied.client()) {
                client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
                asked.await();
                client.socket.setSoLinger(true, 0);
            }
            next.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            answer.countDown();
            next.readTo("ok");
            List<Request> requests = proxied.sink.finished(2);
            assertThat(requests).extracting(Request::outcome).containsExactly(Outcome.CLIENT_GONE, Outcome.COMPLETED);
            assertThat(requests.get(1).startNanos())
                    .isGreaterThanOrEqualTo(requests.get(0).workEndNanos());
        }
    }

    @Test
    void spares_the_app_a_request_that_nobody_waits_for_any_more() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            if (String.valueOf(connection.head()).startsWith("GET /first")) {
                asked.countDown();
                answer.await();
            }
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied = new ProxyFixture(
                        app,
                        settings ->
                                settings.withOneAtATime(true).withLimit(TimeLimit.HALF_CLOSE, Duration.ofNanos(1)));
                RawClient first = proxied.client();
                RawClient third = proxied.client()) {
            first.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await();
            try (RawClient second = proxied.client()) {
                second.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            Request gone = proxied.sink.only();
            assertThat(gone.path()).isEqualTo("/second");
            assertThat(gone.outcome()).isEqualTo(Outcome.CLIENT_GONE);
            assertThat(gone.sentNanos()).isZero();
            answer.countDown();
            first.readTo("ok");
            third.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
            assertThat(app.heads).noneMatch(head -> head.contains("/second"));
        }
    }

    @Test
    void states_and_answers_what_was_under_way_when_the_proxy_ends() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            asked.countDown();
            connection.read(1);
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await();
            proxied.proxy.close();
            assertThat(proxied.sink.finished()).extracting(Request::outcome).containsExactly(Outcome.APP_GONE);
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("the app ended before it answered GET /.");
        }
    }

    @Test
    void calls_a_web_socket_upgraded_however_it_ends() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
            connection.read(1);
        });
        try (ProxyFixture proxied = new ProxyFixture(app)) {
            try (RawClient client = proxied.client()) {
                client.send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n");
                client.readTo("\r\n\r\n");
                client.socket.setSoLinger(true, 0);
            }
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.UPGRADED);
        }
    }
}
