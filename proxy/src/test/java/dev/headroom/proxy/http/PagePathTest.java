package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.capture.CaptureEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PagePathTest {
    private static final String PATH = "/-/headroom-0123456789abcdef0123456789abcdef";
    private static final String PAGE = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage";

    private ScriptedApp page;
    private ProxyFixture proxied;

    @BeforeEach
    void start() throws IOException {
        page = ScriptedApp.answering(PAGE);
        proxied = before(ScriptedApp.answering(ProxyFixture.OK));
    }

    @AfterEach
    void stop() throws IOException {
        proxied.close();
        page.close();
    }

    @Test
    void leads_to_the_page_with_the_path_taken_off_and_to_the_app_on_the_same_connection() throws Exception {
        try (RawClient client = proxied.client()) {
            client.send("GET " + PATH + "/api/x?y=1 HTTP/1.1\r\nHost: app.example\r\nAccept: */*\r\n\r\n");
            assertThat(client.readTo("page")).isEqualTo(PAGE);
            client.send("GET /orders HTTP/1.1\r\nHost: app.example\r\n\r\n").readTo("ok");
            client.send("GET " + PATH + "/ HTTP/1.1\r\nHost: app.example\r\n\r\n")
                    .readTo("page");
        }
        InetSocketAddress address = page.address();
        assertThat(page.heads).hasSize(2);
        assertThat(page.heads.get(0))
                .isEqualTo(
                        "GET /api/x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort() + "\r\nAccept: */*\r\n\r\n");
        assertThat(page.heads.get(1)).startsWith("GET / HTTP/1.1\r\n");
        assertThat(proxied.app.heads).singleElement().asString().startsWith("GET /orders ");
    }

    @Test
    void is_no_traffic_of_the_app() throws Exception {
        try (RawClient client = proxied.client()) {
            client.send("GET " + PATH + "/ HTTP/1.1\r\nHost: a\r\n\r\n").readTo("page");
            client.send("GET /orders HTTP/1.1\r\nHost: a\r\n\r\n").readTo("ok");
        }
        assertThat(proxied.sink.only().path()).isEqualTo("/orders");
        assertThat(proxied.sink.only().id()).isEqualTo(1);
        assertThat(proxied.sink.meter().counters().requests()).isEqualTo(1);
        assertThat(proxied.sink.events())
                .hasOnlyElementsOfTypes(CaptureEvent.RequestStarted.class, CaptureEvent.RequestFinished.class);
    }

    @Test
    void keeps_what_the_apps_users_send_from_the_page() throws Exception {
        try (RawClient client = proxied.client()) {
            client.send("GET " + PATH + "/ HTTP/1.1\r\nHost: app.example\r\nCookie: session=1\r\n"
                    + "Authorization: Basic eDp5\r\nOrigin: https://app.example\r\n\r\n");
            client.readTo("page");
            client.send("GET " + PATH + "/ HTTP/1.1\r\nHost: app.example\r\nOrigin: https://other.example\r\n\r\n");
            client.readTo("page");
        }
        assertThat(page.heads.get(0))
                .doesNotContain("session")
                .doesNotContain("Basic")
                .contains("\r\nOrigin: http://127.0.0.1:" + page.address().getPort() + "\r\n");
        assertThat(page.heads.get(1)).contains("\r\nOrigin: null\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/-/headroom-0123456789abcdef0123456789abcdee/",
                "/-/headroom-0123456789abcdef0123456789abcdef0/",
                "/-/headroom-0123456789abcdef0123456789abcde",
                "/-/headroom-/",
                "/-/headroom",
                "/x/-/headroom-0123456789abcdef0123456789abcdef/",
                "/%2d/headroom-0123456789abcdef0123456789abcdef/",
                "//-/headroom-0123456789abcdef0123456789abcdef/"
            })
    void leaves_all_other_paths_to_the_app_untouched(String target) throws Exception {
        try (RawClient client = proxied.client()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\nCookie: x=1\r\n\r\n")
                    .readTo("ok");
        }
        assertThat(proxied.app.heads)
                .singleElement()
                .asString()
                .startsWith("GET " + target + " HTTP/1.1\r\nHost: a\r\nCookie: x=1\r\n");
        assertThat(page.heads).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PATH, PATH + "?x=1", "http://a" + PATH})
    void sends_who_forgot_the_slash_on_to_it(String target) throws Exception {
        try (RawClient client = proxied.client()) {
            client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 308 ").contains("\r\nLocation: " + PATH + "/\r\n");
        }
        assertThat(page.heads).isEmpty();
        assertThat(proxied.app.heads).isEmpty();
    }

    @Test
    void passes_events_of_the_page_as_they_come() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        page.close();
        page = ScriptedApp.start(connection -> {
            connection.head();
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n");
            read.await();
            connection.send("data: 2\n\n");
        });
        proxied.close();
        proxied = before(ScriptedApp.answering(ProxyFixture.OK));
        try (RawClient client = proxied.client()) {
            client.send("GET " + PATH + "/api/live HTTP/1.1\r\nHost: a\r\n\r\n").readTo("data: 1\n\n");
            read.countDown();
            client.readTo("data: 2\n\n");
        }
        assertThat(proxied.sink.events()).isEmpty();
    }

    @Test
    void does_not_wait_for_the_apps_turn() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        proxied.close();
        ScriptedApp slow = ScriptedApp.start(connection -> {
            connection.head();
            asked.countDown();
            answer.await();
            connection.send(ProxyFixture.OK);
        });
        proxied = new ProxyFixture(
                slow, settings -> settings.withOneAtATime(true).withPage(new PagePath(PATH, page.address())));
        try (RawClient first = proxied.client();
                RawClient client = proxied.client()) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await();
            client.send("GET " + PATH + "/ HTTP/1.1\r\nHost: a\r\n\r\n").readTo("page");
            answer.countDown();
            first.readTo("ok");
        }
    }

    @Test
    void refuses_a_path_that_could_be_read_in_two_ways() {
        for (String path : new String[] {"", "/", "x", "/a/", "/a//b", "/a?b", "/a%20b"}) {
            assertThatThrownBy(() -> new PagePath(path, page.address()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(path);
        }
    }

    private ProxyFixture before(ScriptedApp app) {
        return new ProxyFixture(app, settings -> settings.withPage(new PagePath(PATH, page.address())));
    }
}
