package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that stands, while it is not known whose it is. */
@Timeout(120)
class AppLocationTest {
    /** Says {@code first} until it has looked so many times, then {@code then}. */
    private record Looking(SocketAddress first, int looks, SocketAddress then, AtomicInteger asked)
            implements AppLocation {
        @Override
        public @Nullable SocketAddress get() {
            return asked.get() > looks ? then : first;
        }

        @Override
        public @Nullable SocketAddress since(long nanos) {
            return asked.incrementAndGet() > looks ? then : null;
        }
    }

    @Test
    void another_program_that_took_the_port_gets_not_a_byte() throws Exception {
        CompletableFuture<Integer> got = new CompletableFuture<>();
        try (ScriptedApp stranger = ScriptedApp.start(connection -> got.complete(connection.in.read()));
                ScriptedApp app = ScriptedApp.answering(ProxyFixture.OK)) {
            AppLocation location = new Looking(stranger.address(), 2, app.address(), new AtomicInteger());
            assertThat(answer(app, location)).isEqualTo(ProxyFixture.OK);
            assertThat(got.get()).as("the end, before any byte").isEqualTo(-1);
        }
    }

    @Test
    void the_connection_is_used_once_it_is_known_to_be_the_apps() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ScriptedApp app = ScriptedApp.start(connection -> {
            connections.incrementAndGet();
            connection.head();
            connection.send(ProxyFixture.OK);
        })) {
            AppLocation location = new Looking(app.address(), 3, app.address(), new AtomicInteger());
            assertThat(answer(app, location)).isEqualTo(ProxyFixture.OK);
            assertThat(connections).hasValue(1);
        }
    }

    private static String answer(ScriptedApp app, AppLocation location) throws IOException {
        try (ProxyFixture proxied =
                        new ProxyFixture(app, settings -> HttpProxySettings.of(settings.listen(), location));
                RawClient client = proxied.client()) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
            return client.readTo("ok");
        }
    }
}
