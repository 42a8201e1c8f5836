package dev.headroom.proxy.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that says what a test wants it to say. */
final class RawApp implements AutoCloseable {
    final Socket socket;
    final DataInputStream in;
    final DataOutputStream out;

    RawApp(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawApp(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(60_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Opens a session as postgres and reads up to the first ReadyForQuery. */
    RawApp start() throws IOException {
        byte[] parameters = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        out.writeInt(8 + parameters.length);
        out.writeInt(3 << 16);
        out.write(parameters);
        readUntil('Z');
        return this;
    }

    void frame(char type, byte[] body) throws IOException {
        out.write(message(type, body));
    }

    /** A message as it is sent. */
    static byte[] message(char type, byte[] body) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(whole);
        frame.write(type);
        frame.writeInt(4 + body.length);
        frame.write(body);
        return whole.toByteArray();
    }

    void query(String text) throws IOException {
        frame('Q', (text + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** Parses, binds and executes these, without parameters, and ends with a Sync, all in one piece. */
    void extended(String... texts) throws IOException {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        for (String text : texts) {
            messages.write(message('P', ('\0' + text + "\0\0\0").getBytes(StandardCharsets.UTF_8)));
            messages.write(message('B', new byte[8]));
            messages.write(message('E', new byte[5]));
        }
        messages.write(message('S', new byte[0]));
        out.write(messages.toByteArray());
    }

    /** Reads messages until one of that type; returns its body. */
    byte[] readUntil(char type) throws IOException {
        while (true) {
            int found = in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            if (found == type) {
                return body;
            }
        }
    }

    /** The message of the error that comes, behind which the connection is closed. */
    String readError() throws IOException {
        String text = new String(readUntil('E'), StandardCharsets.UTF_8);
        while (in.read() >= 0) {
            // to the end
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
