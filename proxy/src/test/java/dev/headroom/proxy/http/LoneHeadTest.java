package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response's head that comes without its body. */
@Timeout(120)
class LoneHeadTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";

    private final Semaphore requested = new Semaphore(0);
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore sent = new Semaphore(0);

    /** An app that sends each part of its response when it is asked for, and then ends or takes the next request. */
    private ScriptedApp sending(boolean ends, boolean reset, String... parts) throws IOException {
        return ScriptedApp.start(connection -> {
            do {
                connection.head();
                requested.release();
                for (String part : parts) {
                    asked.acquire();
                    connection.send(part);
                    sent.release();
                }
            } while (!ends);
            asked.acquire();
            if (reset) {
                connection.socket.setSoLinger(true, 0);
            }
            connection.socket.close();
            sent.release();
        });
    }

    /** The app sends its response's next part, or ends. */
    private void next() throws InterruptedException {
        asked.release();
        sent.acquire();
    }

    /** A task that keeps the loop from what is ready, once its turn has come, until it may go on. */
    private record Hold(CountDownLatch held, CountDownLatch goOn) {
        static Hold queued(ProxyFixture proxied) {
            Hold hold = new Hold(new CountDownLatch(1), new CountDownLatch(1));
            proxied.loop.execute(() -> {
                hold.held.countDown();
                awaitForAWhile(hold.goOn);
            });
            return hold;
        }
    }

    private static void awaitForAWhile(CountDownLatch latch) {
        try {
            // not for ever: the loop is closed at a failed test's end, which waits for its thread
            boolean goesOn = latch.await(60, TimeUnit.SECONDS);
            assertThat(goesOn).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The app sends its head, and the loop reads it; held from then on, before it knows whether more is there. */
    private CountDownLatch untilHeadIsRead(ProxyFixture proxied, RawClient client) throws Exception {
        client.send(GET);
        requested.acquire();
        Hold before = Hold.queued(proxied);
        before.held.await();
        next();
        Hold after = Hold.queued(proxied);
        before.goOn.countDown();
        after.held.await();
        return after.goOn;
    }

    private static String piece(RawClient client) throws IOException {
        byte[] piece = new byte[4096];
        int length = client.socket.getInputStream().read(piece);
        return new String(piece, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
    }

    @Test
    void goesInOnePieceWithTheBodyThatFollows() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(sending(false, false, HEAD, "body"));
                RawClient client = proxied.client()) {
            for (int i = 0; i < 3; i++) {
                CountDownLatch held = untilHeadIsRead(proxied, client);
                assertThat(client.socket.getInputStream().available()).isZero();
                next();
                held.countDown();
                assertThat(piece(client)).isEqualTo(HEAD + "body");
            }
            assertThat(proxied.sink.finished(3)).allSatisfy(request -> {
                assertThat(request.status()).isEqualTo(200);
                assertThat(request.bytesOut()).isEqualTo(4);
                assertThat(request.outcome()).isEqualTo(Outcome.COMPLETED);
            });
        }
    }

    @Test
    void goesWithTheFirstOfABodyThatComesInPieces() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(sending(false, false, HEAD, "bo", "dy"));
                RawClient client = proxied.client()) {
            CountDownLatch held = untilHeadIsRead(proxied, client);
            next();
            held.countDown();
            assertThat(piece(client)).isEqualTo(HEAD + "bo");
            next();
            assertThat(piece(client)).isEqualTo("dy");
            assertThat(proxied.sink.only().bytesOut()).isEqualTo(4);
        }
    }

    @Test
    void goesAloneWhereTheBodyIsLongInComing() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(sending(false, false, HEAD, "body"));
                RawClient client = proxied.client()) {
            for (int i = 0; i < 3; i++) {
                client.send(GET);
                next();
                assertThat(client.readTo("\r\n\r\n")).isEqualTo(HEAD);
                next();
                assertThat(client.read(4)).isEqualTo("body");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 16300", "Transfer-Encoding: chunked", "Connection: close"})
    void goesAtOnceWhereItIsNotSureThatAllIsAboutToCome(String framing) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nServer: " + "x".repeat(100) + "\r\n" + framing + "\r\n\r\n";
        try (ProxyFixture proxied = new ProxyFixture(sending(false, false, head, "never"));
                RawClient client = proxied.client()) {
            CountDownLatch held = untilHeadIsRead(proxied, client);
            assertThat(client.readTo("\r\n\r\n")).isEqualTo(head);
            held.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reachesTheClientWhereTheAppEndsInstead(boolean reset) throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(sending(true, reset, HEAD));
                RawClient client = proxied.client()) {
            CountDownLatch held = untilHeadIsRead(proxied, client);
            next();
            held.countDown();
            assertThat(client.readAll()).isEqualTo(HEAD);
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.APP_GONE);
        }
    }

    @Test
    void isDroppedWhereTheClientLeavesMeanwhile() throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(sending(false, false, HEAD, "body"))) {
            CountDownLatch held;
            try (RawClient client = proxied.client()) {
                held = untilHeadIsRead(proxied, client);
                client.socket.setSoLinger(true, 0);
            }
            held.countDown();
            next();
            assertThat(proxied.sink.only().outcome()).isEqualTo(Outcome.CLIENT_GONE);
        }
    }
}
