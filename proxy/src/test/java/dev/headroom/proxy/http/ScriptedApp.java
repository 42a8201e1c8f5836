package dev.headroom.proxy.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An app that does to each connection what a test says, and keeps the request heads that it got. */
final class ScriptedApp implements AutoCloseable {
    private final ServerSocket server;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();

    /** What is done to one connection. */
    interface Script {
        void serve(Connection connection) throws Exception;
    }

    private final Thread acceptor;

    private ScriptedApp(ServerSocket server, Script script) {
        this.server = server;
        acceptor = new Thread(() -> accept(script), "app");
        acceptor.setDaemon(true);
    }

    static ScriptedApp start(Script script) throws IOException {
        return start(0, script);
    }

    static ScriptedApp start(int port, Script script) throws IOException {
        ServerSocket server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        ScriptedApp app = new ScriptedApp(server, script);
        app.acceptor.start();
        return app;
    }

    /** An app that gives the same answer to each request, on connections that are kept. */
    static ScriptedApp answering(String response) throws IOException {
        return start(connection -> {
            while (connection.head() != null) {
                connection.send(response);
            }
        });
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(script, socket), "app connection");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Script script, Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.serve(new Connection(socket, this));
        } catch (Exception e) {
            // the connection ends, as an app's does
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            acceptor.join(); // only then is it certain that nothing more is accepted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One connection, as the app sees it. */
    static final class Connection {
        private final ScriptedApp app;
        final Socket socket;
        final InputStream in;
        final OutputStream out;

        Connection(Socket socket, ScriptedApp app) throws IOException {
            this.app = app;
            this.socket = socket;
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        /** The next request's head with its empty line; null at the connection's end. */
        @Nullable
        String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int last = 0;
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                head.write(octet);
                last = last << 8 | octet;
                if (last == 0x0d0a0d0a) {
                    String text = head.toString(StandardCharsets.ISO_8859_1);
                    app.heads.add(text);
                    return text;
                }
            }
            return null;
        }

        /** Drops the heads that were kept, where there are too many to keep. */
        void forget() {
            if (app.heads.size() > 100) {
                app.heads.clear();
            }
        }

        String read(int length) throws IOException {
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }
}
