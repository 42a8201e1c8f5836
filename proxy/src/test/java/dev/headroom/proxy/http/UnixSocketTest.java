package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An app that is reached by a Unix socket. */
@Timeout(120)
class UnixSocketTest {
    private static final int LARGE = 8 << 20;

    @TempDir
    Path folder;

    private final RecordingSink sink = new RecordingSink();
    private final EventLoop loop = EventLoop.start("test loop");
    private final CountDownLatch asked = new CountDownLatch(1);
    private ServerSocketChannel app;
    private UnixDomainSocketAddress address;
    private HttpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        address = UnixDomainSocketAddress.of(folder.resolve("app"));
        app = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        proxy = HttpProxy.start(loop, sink, HttpProxySettings.of(listen, () -> {
            asked.countDown();
            return address;
        }));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        loop.close();
        app.close();
        assertThat(loop.failures()).isZero();
    }

    @Test
    void large_bodies_pass_both_ways_on_one_connection() throws Exception {
        app.bind(address);
        CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> serve(2));
        try (RawClient client = new RawClient(proxy.port())) {
            for (int i = 0; i < 2; i++) {
                client.send("POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + LARGE + "\r\n\r\n");
                client.send("u".repeat(LARGE));
                assertThat(client.readTo("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
                assertThat(client.read(LARGE)).isEqualTo("d".repeat(LARGE));
            }
        }
        assertThat(served.get()).isEqualTo(2 * LARGE);
    }

    @Test
    void a_request_that_finds_the_queue_full_waits_for_a_place_in_it() throws Exception {
        app.bind(address, 1);
        List<SocketChannel> waiting = new ArrayList<>();
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
            while (true) {
                waiting.add(SocketChannel.open(StandardProtocolFamily.UNIX));
                waiting.get(waiting.size() - 1).configureBlocking(false);
                waiting.get(waiting.size() - 1).connect(address);
            }
        });
        try (RawClient client = new RawClient(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            asked.await();
            CountDownLatch tried = new CountDownLatch(1);
            loop.execute(tried::countDown); // after the attempt that asked for the address
            tried.await();
            for (SocketChannel other : waiting) {
                other.close();
            }
            for (int i = 1; i < waiting.size(); i++) {
                app.accept().close();
            }
            try (SocketChannel accepted = app.accept()) {
                accepted.write(ByteBuffer.wrap(ProxyFixture.OK.getBytes(StandardCharsets.US_ASCII)));
                assertThat(client.readTo("ok")).isEqualTo(ProxyFixture.OK);
            }
        }
    }

    @Test
    void a_socket_that_nobody_listens_on_any_more_is_named() throws Exception {
        app.bind(address);
        CompletableFuture<Integer> served = CompletableFuture.supplyAsync(() -> serve(0));
        try (RawClient client = new RawClient(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            served.join();
            app.close();
            assertThat(client.readAll()).startsWith("HTTP/1.1 502 ");
        }
        try (RawClient client = new RawClient(proxy.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 502 ")
                    .contains("the app no longer accepts connections on the socket " + address);
        }
    }

    /** Answers so many requests on one connection, then closes it; how many bytes of bodies came. */
    private int serve(int requests) {
        int read = 0;
        try (SocketChannel connection = app.accept();
                InputStream in = Channels.newInputStream(connection)) {
            for (int i = 0; i < requests; i++) {
                assertThat(head(in)).contains("Content-Length: " + LARGE);
                read += in.readNBytes(LARGE).length;
                String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n" + "d".repeat(LARGE);
                ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    connection.write(bytes);
                }
            }
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }
}
