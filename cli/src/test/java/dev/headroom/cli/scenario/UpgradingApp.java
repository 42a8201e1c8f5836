package dev.headroom.cli.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web app whose connections may become something else: then it does its work for each message and sends it back. */
final class UpgradingApp implements AutoCloseable {
    /** What it does for a request, and for each message of what a request became. */
    interface Work {
        void run(String path, String mark) throws SQLException;
    }

    private static final int MESSAGE_BYTES = "message".length();

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    UpgradingApp() throws IOException {}

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    void serve(Work work) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    threads.execute(() -> talk(socket, work));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
    }

    private static void talk(Socket socket, Work work) {
        try (socket) {
            String head = head(socket.getInputStream());
            String path = head.split(" ", 3)[1];
            String mark = Marks.of(Marks.number(path));
            if (head.contains("Upgrade: websocket")) {
                send(socket, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                while (socket.getInputStream().readNBytes(MESSAGE_BYTES).length == MESSAGE_BYTES) {
                    work.run(path, mark);
                    send(socket, "message");
                }
            } else {
                for (int i = 0; i < 10; i++) {
                    work.run(path, mark);
                }
                send(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\ndone.");
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
