package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.trace.BoundValue;
import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.sasl.PasswordAnswer;
import dev.headroom.proxy.postgres.tls.ServerTls;
import dev.headroom.proxy.postgres.tls.Target;
import dev.headroom.proxy.postgres.upstream.SslMode;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** A connection of the proxy's own to the server: blocking, answers as text. For one thread. */
final class OwnConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int ANSWERS_AS_TEXT = 0;
    private static final int LONGEST = 16 * 1024 * 1024;
    private static final int PROTOCOL = 3 << 16;

    private final AutoCloseable transport;
    private final DataInputStream in;
    private final DataOutputStream out;
    private byte[] body = new byte[0];
    private int parameters;

    private OwnConnection(AutoCloseable transport, InputStream in, OutputStream out) {
        this.transport = transport;
        this.in = new DataInputStream(new java.io.BufferedInputStream(in));
        this.out = new DataOutputStream(new java.io.BufferedOutputStream(out));
    }

    /** Connects as {@code user}, with the password that the upstream gives for it, if any. */
    static OwnConnection open(Target target, String user, String database) throws IOException {
        ServerTls tls = target.tls();
        boolean either = tls != null && tls.settings().mode().compareTo(SslMode.REQUIRE) < 0;
        boolean tlsFirst = tls == null || tls.settings().mode() != SslMode.ALLOW;
        try {
            return open(target, tlsFirst, user, database);
        } catch (IOException e) {
            if (!either) {
                throw e;
            }
            // allow, prefer: refused in one way, it is tried in the other
            return open(target, !tlsFirst, user, database);
        }
    }

    private static OwnConnection open(Target target, boolean withTls, String user, String database) throws IOException {
        OwnConnection connection = connect(target, withTls);
        try {
            connection.start(target.upstream(), user, database);
            return connection;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The first column of rows, a line each. */
    static String lines(List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(row.get(0)).append('\n');
        }
        return text.toString();
    }

    /** Runs one statement and returns its rows; a NULL is an empty text. */
    List<List<String>> query(String text) throws IOException {
        send('Q', zeroTerminated(text));
        return rows();
    }

    /** Prepares one statement (the server refuses a text of several), which executes nothing, and returns the number of its parameters. */
    int prepare(String name, String text) throws IOException {
        send('P', (name + '\0' + text + "\0\0\0").getBytes(StandardCharsets.UTF_8));
        send('D', ("S" + name + '\0').getBytes(StandardCharsets.UTF_8));
        send('S', new byte[0]);
        rows();
        return parameters;
    }

    /**
     * Runs one statement (the server refuses a text of several) with bound values, in the types and formats that they
     * came in.
     */
    List<List<String>> query(String text, List<BoundValue> parameters) throws IOException {
        ByteArrayOutputStream parse = new ByteArrayOutputStream();
        ByteArrayOutputStream bind = new ByteArrayOutputStream();
        DataOutputStream types = new DataOutputStream(parse);
        DataOutputStream values = new DataOutputStream(bind);
        parse.write(0);
        parse.writeBytes(zeroTerminated(text));
        types.writeShort(parameters.size());
        values.writeShort(0);
        values.writeShort(parameters.size());
        for (BoundValue each : parameters) {
            types.writeInt(each.type());
            values.writeShort(each.binary() ? 1 : 0);
        }
        values.writeShort(parameters.size());
        for (BoundValue each : parameters) {
            byte[] value = each.bytes();
            values.writeInt(value == null ? -1 : value.length);
            values.write(value == null ? new byte[0] : value);
        }
        values.writeShort(ANSWERS_AS_TEXT);
        send('P', parse.toByteArray());
        send('B', bind.toByteArray());
        send('E', new byte[5]);
        send('S', new byte[0]);
        return rows();
    }

    /** Waits up to {@code millis} for each part of an answer from now on, where the connection has a way to. */
    void patience(int millis) throws IOException {
        if (transport instanceof Socket socket) {
            socket.setSoTimeout(millis);
        }
    }

    /** Reads on until the server is ready, also after an error, so that the connection stays of use. */
    private List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        RefusedException refused = null;
        while (true) {
            switch (receive()) {
                case 'D' -> rows.add(row());
                case 't' -> parameters = ByteBuffer.wrap(body).getShort();
                case 'E' -> refused = refused();
                case 'Z' -> {
                    if (refused != null) {
                        throw refused;
                    }
                    return rows;
                }
                default -> {}
            }
        }
    }

    /** What is wrong with a statement may be told in the server's words (class 42 has names, no values); else its code. */
    private RefusedException refused() {
        String state = "";
        String message = "";
        for (String field : new String(body, StandardCharsets.UTF_8).split("\0", -1)) {
            state = field.startsWith("C") ? field.substring(1) : state;
            message = field.startsWith("M") ? field.substring(1) : message;
        }
        return new RefusedException(
                state, state.startsWith("42") ? message + " (SQLSTATE " + state + ")." : "SQLSTATE " + state + ".");
    }

    @Override
    public void close() throws IOException {
        try {
            send('X', new byte[0]);
            out.flush();
        } catch (IOException e) {
            // it is closed either way
        } finally {
            closeQuietly(transport);
        }
    }

    private static OwnConnection connect(Target target, boolean withTls) throws IOException {
        if (target.upstream().address() instanceof Upstream.Socket socket) {
            SocketChannel channel = SocketChannel.open(socket.toSocketAddress());
            return new OwnConnection(channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        }
        Upstream.Host host = (Upstream.Host) target.upstream().address();
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host.name(), host.port()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            ServerTls tls = target.tls();
            if (withTls && tls != null && encrypts(plain, tls)) {
                SSLSocket encrypted = tls.socket(plain, host);
                encrypted.startHandshake();
                return new OwnConnection(encrypted, encrypted.getInputStream(), encrypted.getOutputStream());
            }
            return new OwnConnection(plain, plain.getInputStream(), plain.getOutputStream());
        } catch (IOException | RuntimeException e) {
            closeQuietly(plain);
            throw e;
        }
    }

    private static boolean encrypts(Socket plain, ServerTls tls) throws IOException {
        if (tls.settings().direct()) {
            return true;
        }
        plain.getOutputStream()
                .write(ByteBuffer.allocate(8)
                        .putInt(8)
                        .putInt(StartupPacket.SSL)
                        .array());
        int answer = plain.getInputStream().read();
        if (answer == 'S') {
            return true;
        }
        if (answer != 'N' || tls.settings().mode().compareTo(SslMode.REQUIRE) >= 0) {
            throw new IOException("the server has no TLS");
        }
        return false;
    }

    private void start(Upstream upstream, String user, String database) throws IOException {
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String word : List.of(
                "user", user, "database", database, "application_name", "headroom", "client_encoding", "UTF8")) {
            parameters.writeBytes(zeroTerminated(word));
        }
        parameters.write(0);
        out.writeInt(8 + parameters.size());
        out.writeInt(PROTOCOL);
        parameters.writeTo(out);
        PasswordAnswer password = new PasswordAnswer(upstream.credentials(), user, transport);
        while (true) {
            switch (receive()) {
                case 'R' -> {
                    byte[] answer = password.to(ByteBuffer.wrap(body));
                    if (answer.length > 0) {
                        send('p', answer);
                    }
                }
                case 'E' -> throw new IOException("the server refused a connection for the catalogue");
                case 'Z' -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private void send(char type, byte[] content) throws IOException {
        out.writeByte(type);
        out.writeInt(4 + content.length);
        out.write(content);
    }

    /** Sends all that waits, in one piece, and reads the next message. */
    private int receive() throws IOException {
        out.flush();
        int type = in.readUnsignedByte();
        int length = in.readInt() - 4;
        if (length < 0 || length > LONGEST) {
            throw new IOException("the server sent a message of length " + length);
        }
        body = new byte[length];
        in.readFully(body);
        return type;
    }

    private List<String> row() {
        ByteBuffer row = ByteBuffer.wrap(body);
        int count = row.getShort();
        List<String> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[Math.max(0, row.getInt())];
            row.get(value);
            values.add(new String(value, StandardCharsets.UTF_8));
        }
        return values;
    }

    private static byte[] zeroTerminated(String text) {
        return (text + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static void closeQuietly(AutoCloseable transport) {
        try {
            transport.close();
        } catch (Exception e) {
            // nobody waits for the outcome
        }
    }
}
