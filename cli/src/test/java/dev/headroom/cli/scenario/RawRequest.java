package dev.headroom.cli.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, byte for byte. */
final class RawRequest implements AutoCloseable {
    private final Socket socket;

    RawRequest(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
    }

    /** The head of a request; more headers end in a line's end each. */
    static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + String.join("", headers) + "\r\n";
    }

    RawRequest send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads until what was read ends like this. */
    String readUntil(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        String text = "";
        while (!text.endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + text);
            }
            read.write(next);
            text = read.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
