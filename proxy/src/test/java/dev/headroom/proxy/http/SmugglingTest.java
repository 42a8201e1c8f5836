package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Event;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages that two readers could understand differently are refused or passed as they are, never reinterpreted. */
@Timeout(120)
class SmugglingTest {
    private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\n";
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

    static Stream<String[]> refused() {
        return Stream.of(
                request("400", POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + HIDDEN),
                request("400", POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + HIDDEN),
                request("400", POST + "Content-Length: 0\r\nContent-Length: 44\r\n\r\n" + HIDDEN),
                request("400", POST + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
                request("400", POST + "Content-Length: 5, 5\r\n\r\nhello"),
                request("400", POST + "Content-Length: +5\r\n\r\nhello"),
                request("400", POST + "Content-Length: 0x5\r\n\r\nhello"),
                request("400", POST + "Content-Length: -1\r\n\r\n" + HIDDEN),
                request("400", POST + "Content-Length:\r\n\r\n" + HIDDEN),
                request("400", POST + "Content-Length: 99999999999999999999\r\n\r\n"),
                request("400", POST + "Content-Length : 5\r\n\r\nhello"),
                request("501", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                request("501", POST + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
                request("501", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                request("501", POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                request("400", POST + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n"),
                request("400", POST + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n"),
                request("400", POST + "X: a\r\n Content-Length: 5\r\n\r\nhello"),
                request("400", POST + "X: a\r\n\tTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                request("400", POST + "X: a\rContent-Length: 5\r\n\r\nhello"),
                request("400", POST + "X: a\nContent-Length: 5\r\n\r\nhello"),
                request("400", "POST / HTTP/1.1\nHost: a\n\n"),
                request("400", POST + "X: a\u0000b\r\n\r\n"),
                request("400", POST + ": a\r\n\r\n"),
                request("400", POST + "X\r\n\r\n"),
                request("400", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                request("400", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("400", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("400", "GET /\r\n\r\n"),
                request("400", " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("400", "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                request("505", "GET / HTTP/3.0\r\nHost: a\r\n\r\n"),
                request("505", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                request("400", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                request("405", "CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\n\r\n"),
                request("400", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001"),
                request("431", "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(70_000) + "\r\n\r\n"),
                request("431", "GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(600) + "\r\n"),
                request("400", CHUNKED + "5\nhello\r\n0\r\n\r\n"),
                request("400", CHUNKED + "5\r\nhello0\r\n\r\n"),
                request("400", CHUNKED + "5\r\nhello!\r\n0\r\n\r\n"),
                request("400", CHUNKED + "0x5\r\nhello\r\n0\r\n\r\n"),
                request("400", CHUNKED + " 5\r\nhello\r\n0\r\n\r\n"),
                request("400", CHUNKED + "5 \r\nhello\r\n0\r\n\r\n"),
                request("400", CHUNKED + "-5\r\nhello\r\n0\r\n\r\n"),
                request("400", CHUNKED + "5;a\nb\r\nhello\r\n0\r\n\r\n"),
                request("400", CHUNKED + "ffffffffffffffff1\r\nhello"),
                request("400", CHUNKED + "\r\n0\r\n\r\n"),
                request("400", CHUNKED + "0\r\nX: y\nZ: w\r\n\r\n"),
                request("400", CHUNKED + "0\r\n X: y\r\n\r\n"),
                request("400", CHUNKED + "0\r\nX y\r\n\r\n"),
                request("400", CHUNKED + "0\r\n\n" + HIDDEN));
    }

    private static String[] request(String status, String text) {
        return new String[] {status, text};
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses_a_request_and_closes(String status, String text) throws Exception {
        // an app that answers only what is complete for it: here the head alone, so nothing is hidden from the test
        ScriptedApp app = ScriptedApp.start(connection -> {
            while (connection.head() != null) {
                // waits for what may be hidden behind it
            }
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send(text);
            String answer = client.readAll();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("\r\nConnection: close\r\n");
            assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
            assertThat(app.heads).noneMatch(head -> head.contains("hidden"));
            assertThat(proxied.sink.happened(Event.Kind.BAD_REQUEST).text()).startsWith("request refused: ");
        }
    }

    static Stream<String> odd() {
        return Stream.of(
                "GET //a/../b/./c;x=1?q=%00&r=[]{}|\\^`\"<> HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /\u00e9\u00ff HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://other.example/a?b HTTP/1.1\r\nHost: a\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
                "FROB!#$ /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-Empty:\r\nX-Odd!#$%&'*+.^_`|~: \u00e9\t\"x\"\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + "x".repeat(40_000) + "\r\n\r\n",
                "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                POST.concat("Transfer-Encoding: Chunked\r\n\r\n")
                        + "000005;n=\"v\"\r\nhello\r\n0;last\r\nX-Trailer: y\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("odd")
    void passes_what_is_only_odd_byte_for_byte(String text) throws Exception {
        String body = text.substring(text.indexOf("\r\n\r\n") + 4);
        String[] got = new String[1];
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            got[0] = connection.read(body.length());
            connection.send(ProxyFixture.OK);
        });
        try (ProxyFixture proxied = new ProxyFixture(app);
                RawClient client = proxied.client()) {
            client.send(text).readTo("ok");
            String head = text.stripLeading().split("\r\n\r\n", 2)[0];
            assertThat(app.heads.get(0)).startsWith(head + "\r\n");
            assertThat(got[0]).isEqualTo(body);
        }
    }

    static Stream<String> badResponses() {
        return Stream.of(
                "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
                "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("badResponses")
    void does_not_pass_a_response_that_can_be_misread(String response) throws Exception {
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(response));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 502 ").contains("could not be passed on");
            assertThat(proxied.sink.happened(Event.Kind.BAD_RESPONSE).requestId())
                    .isEqualTo(1);
        }
    }

    @Test
    void takes_content_length_out_of_a_response_that_is_chunked_too() throws Exception {
        String response =
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(response));
                RawClient client = proxied.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).isEqualTo(response.replace("Content-Length", "X-Removed-Size"));
        }
    }

    @Test
    void drops_what_an_app_sends_behind_its_response() throws Exception {
        String extra = ProxyFixture.OK + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
        try (ProxyFixture proxied = new ProxyFixture(ScriptedApp.answering(extra));
                RawClient client = proxied.client()) {
            for (int i = 0; i < 2; i++) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readTo("ok")).isEqualTo(ProxyFixture.OK);
            }
            proxied.sink.happened(Event.Kind.BAD_RESPONSE);
        }
    }
}
