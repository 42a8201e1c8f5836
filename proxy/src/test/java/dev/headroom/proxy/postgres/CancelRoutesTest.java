package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.proxy.net.HeldPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelRoutesTest {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final byte[] KEY =
            ByteBuffer.allocate(8).putInt(4_711).putInt(-2).array();

    @Test
    void aCancelRequestGoesToTheAddressOfItsConnectionAmongThoseOfAName(@TempDir Path folder) throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 several.test\n127.0.0.2 several.test\n");
        try (Pair servers = Pair.open()) {
            ServerSocket second = servers.second();
            second.setSoTimeout(PATIENCE_MILLIS);
            int port = second.getLocalPort();
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-Djdk.net.hosts.file=" + hosts,
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledProxy.class.getName(),
                            "" + port,
                            "several.test")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                int proxy = Integer.parseInt(process.inputReader().readLine());
                cancels(proxy, second);
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** A listener on 127.0.0.2, and its port held on 127.0.0.1. */
    private record Pair(ServerSocket second, HeldPort first) implements AutoCloseable {
        static Pair open() throws IOException {
            while (true) {
                ServerSocket listener = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 2}));
                try {
                    return new Pair(listener, new HeldPort(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
                } catch (BindException e) {
                    // somebody else has it there
                    listener.close();
                }
            }
        }

        @Override
        public void close() throws IOException {
            first.close();
            second.close();
        }
    }

    private static void cancels(int proxy, ServerSocket second) throws IOException {
        try (RawApp app = new RawApp(proxy)) {
            app.out.write(startUp());
            try (Socket session = second.accept()) {
                session.getInputStream().readNBytes(startUp().length);
                session.getOutputStream().write(ready());
                app.readUntil('Z');
                // now the name's first address has a server again
                try (ServerSocket first =
                                new ServerSocket(second.getLocalPort(), 10, InetAddress.getLoopbackAddress());
                        RawApp canceller = new RawApp(proxy)) {
                    assertThat(first.isBound()).isTrue();
                    canceller.out.write(cancelRequest());
                    try (Socket cancel = second.accept()) {
                        cancel.setSoTimeout(PATIENCE_MILLIS);
                        assertThat(new DataInputStream(cancel.getInputStream()).readNBytes(cancelRequest().length))
                                .isEqualTo(cancelRequest());
                    }
                }
            }
        }
    }

    private static byte[] startUp() {
        byte[] parameters = "user\0postgres\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(8 + parameters.length)
                .putInt(8 + parameters.length)
                .putInt(3 << 16)
                .put(parameters)
                .array();
    }

    private static byte[] ready() {
        ByteBuffer bytes = ByteBuffer.allocate(9 + 13 + 6);
        bytes.put((byte) 'R').putInt(8).putInt(0);
        bytes.put((byte) 'K').putInt(12).put(KEY);
        bytes.put((byte) 'Z').putInt(5).put((byte) 'I');
        return bytes.array();
    }

    private static byte[] cancelRequest() {
        return ByteBuffer.allocate(16).putInt(16).putInt(80877102).put(KEY).array();
    }
}
