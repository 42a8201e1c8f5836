package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A proxy in a JVM as small as the one that Headroom runs in. */
@Timeout(120)
class SmallMemoryTest {
    @Test
    void aResultOf2GigabytesPassesWithAHeapOf64Megabytes() throws Exception {
        int rows = 2_100;
        int width = 1_000_000;
        try (SmallProxy proxy = new SmallProxy("-XX:MaxDirectMemorySize=64m");
                RawApp app = new RawApp(proxy.port).start()) {
            app.query("select repeat('x', " + width + ") from generate_series(1, " + rows + ")");
            app.readUntil('T');
            byte[] buffer = new byte[1 << 20];
            for (int row = 0; row < rows; row++) {
                assertThat(app.in.readUnsignedByte()).isEqualTo('D');
                assertThat(app.in.readInt()).isEqualTo(4 + 2 + 4 + width);
                app.in.skipNBytes(2 + 4);
                app.in.readFully(buffer, 0, width);
                assertThat(buffer[row * 400]).isEqualTo((byte) 'x');
            }
            assertThat(app.readUntil('Z')).containsExactly('I');
        }
    }

    @Test
    void moreSlowClientsThanMemoryHasRoomForAreSlowedAndNotClosed() throws Exception {
        int rows = 8_000;
        List<RawApp> slow = new ArrayList<>();
        // each leaves what one read brings, 64 KB, in the proxy: 2.5 MB in all
        try (SmallProxy proxy = new SmallProxy("-XX:MaxDirectMemorySize=1m")) {
            for (int i = 0; i < 40; i++) {
                RawApp app = new RawApp(narrow(proxy.port)).start();
                slow.add(app);
                app.query("select repeat('x', 1000) from generate_series(1, " + rows + ")");
            }
            try (RawApp other = new RawApp(proxy.port).start()) {
                other.query("select 1");
                other.readUntil('Z');
            }
            for (RawApp app : slow) {
                app.readUntil('T');
                for (int row = 0; row < rows; row++) {
                    assertThat(app.in.readUnsignedByte()).isEqualTo('D');
                    app.in.skipNBytes(app.in.readInt() - 4L);
                }
                assertThat(app.readUntil('Z')).containsExactly('I');
            }
        } finally {
            for (RawApp app : slow) {
                app.close();
            }
        }
    }

    /** A connection for which the system holds little. */
    private static Socket narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static final class SmallProxy implements AutoCloseable {
        final int port;
        private final Process process;

        SmallProxy(String option) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Xmx64m",
                            option,
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledProxy.class.getName(),
                            "" + LoggingServer.shared().port())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader output = process.inputReader();
            port = Integer.parseInt(output.readLine());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
