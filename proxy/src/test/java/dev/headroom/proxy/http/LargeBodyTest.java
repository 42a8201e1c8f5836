package dev.headroom.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class LargeBodyTest {
    private static final long LENGTH = 2L << 30;
    private static final int BLOCK = 1 << 18;

    @Test
    void passes_2_gb_each_way_in_a_heap_of_64_mb() throws Exception {
        ScriptedApp app = ScriptedApp.start(connection -> {
            connection.head();
            boolean right = receive(connection.in);
            connection.send("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: " + LENGTH
                    + "\r\nX-Received: " + right + "\r\n\r\n");
            send(connection.out);
        });
        try (app;
                ProxyProcess proxy =
                        ProxyProcess.start(app.address(), "-Xmx64m", "-XX:MaxDirectMemorySize=8m", "-XX:+UseSerialGC");
                RawClient client = new RawClient(proxy.port())) {
            client.send("PUT /large HTTP/1.1\r\nHost: a\r\nContent-Length: " + LENGTH + "\r\n\r\n");
            send(client.socket.getOutputStream());
            assertThat(client.readTo("\r\n\r\n")).contains("X-Received: true\r\n");
            assertThat(receive(client.socket.getInputStream())).isTrue();
            assertThat(proxy.isAlive()).isTrue();
        }
    }

    /** Blocks that each begin with their own number. */
    private static void send(OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long i = 0; i < LENGTH / BLOCK; i++) {
            Arrays.fill(block, (byte) i);
            block[0] = (byte) (i >> 8);
            out.write(block);
        }
    }

    private static boolean receive(InputStream in) throws IOException {
        byte[] expected = new byte[BLOCK];
        byte[] block = new byte[BLOCK];
        boolean right = true;
        for (long i = 0; i < LENGTH / BLOCK; i++) {
            Arrays.fill(expected, (byte) i);
            expected[0] = (byte) (i >> 8);
            right &= in.readNBytes(block, 0, BLOCK) == BLOCK && Arrays.equals(block, expected);
        }
        return right;
    }
}
