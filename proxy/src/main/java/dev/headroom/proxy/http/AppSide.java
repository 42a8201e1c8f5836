package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the app, of one client connection alone: reads its responses and passes them on as they come. Owned
 * by the loop's thread.
 */
final class AppSide implements EventLoop.Handler {
    /**
     * How much of an answer to a client that has gone is read before the app's connection is closed: about what the
     * system's own buffers would have taken without us.
     */
    private static final long ABANDONED_LIMIT = 256 * 1024;

    private final ClientSide client;
    private final ProxyScope scope;
    final Destination to;
    private final SocketChannel channel;
    private @Nullable SelectionKey key;
    private final HeldBytes held;
    private final HeadFinder heads = new HeadFinder();
    final OutQueue out;

    private @Nullable Exchange exchange;
    private boolean connected;
    private boolean reused;
    private boolean forwarded;
    private boolean unwritable;
    private boolean outputEnds;
    private boolean eof;
    private boolean closed;
    private long abandonedBytes;

    private AppSide(ClientSide client, ProxyScope scope, Destination to, SocketChannel channel) {
        this.client = client;
        this.scope = scope;
        this.to = to;
        this.channel = channel;
        held = new HeldBytes(scope.buffers);
        out = new OutQueue(scope.buffers);
    }

    /** Begins to connect for {@code client}, which is told how it went; null where that failed at once. */
    static @Nullable AppSide connect(ClientSide client, ProxyScope scope, Destination to) {
        InetSocketAddress address = to.address();
        if (address == null) {
            scope.loop.execute(() -> client.appRefused("the app does not listen yet."));
            return null;
        }
        AppSide side = null;
        try {
            SocketChannel channel = SocketChannel.open();
            side = new AppSide(client, scope, to, channel);
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            side.connected = channel.connect(address);
            side.key =
                    scope.loop.register(channel, side.connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, side);
            to.seen |= side.connected;
            return side;
        } catch (IOException | UnresolvedAddressException e) {
            if (side != null) {
                side.close();
            }
            scope.loop.execute(() -> client.appRefused(refused(to)));
            return null;
        }
    }

    private static String refused(Destination to) {
        InetSocketAddress address = to.address();
        String where = address == null ? "its port" : "port " + address.getPort();
        return to.seen
                ? "the app no longer accepts connections on " + where + "."
                : "the app does not listen on " + where + " yet.";
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return reused;
    }

    /** Whether a byte of the response under way was passed on. */
    boolean hasForwarded() {
        return forwarded;
    }

    /** The response to {@code next} is what comes next. */
    void begin(Exchange next) {
        reused = exchange != null;
        exchange = next;
        next.begin();
        forwarded = false;
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (!connected) {
            if (channel.finishConnect()) {
                connected = true;
                to.seen = true;
                client.resume();
            }
            update();
            return;
        }
        if (ready.isWritable() && out.flush(channel)) {
            if (outputEnds) {
                channel.shutdownOutput();
            }
            client.appFlushed();
            client.resume();
        }
        if (!closed && ready.isValid() && ready.isReadable()) {
            read();
        }
        update();
    }

    @Override
    public void failed(Throwable cause) {
        if (closed) {
            return;
        }
        if (connected) {
            lost("the app broke the connection before its response was complete.");
        } else {
            close();
            client.appRefused(refused(to));
        }
    }

    private void read() throws IOException {
        ByteBuffer in = held.isEmpty() ? scope.in.clear() : held.toAppend();
        int count = channel.read(in);
        in.flip();
        if (count < 0) {
            ended();
        } else if (count > 0) {
            try {
                process(in);
            } catch (MalformedMessage e) {
                malformed("the app's response could not be passed on: " + e.text() + ".");
            }
            if (closed) {
                held.release();
            } else {
                held.keep(in);
            }
        }
    }

    private void malformed(String text) {
        Exchange current = exchange;
        to.happened(Event.Kind.BAD_RESPONSE, current == null ? 0 : current.id, text);
        close();
        client.answer(502, text, Outcome.APP_GONE);
    }

    private void process(ByteBuffer in) throws MalformedMessage {
        Exchange current = exchange;
        if (current == null || current.responseDone) {
            to.happened(Event.Kind.BAD_RESPONSE, 0, "the app sent bytes that no request had asked for");
            client.appLeft(this);
            close();
            return;
        }
        long now = System.nanoTime();
        current.lastByteNanos = now;
        if (current.firstByteNanos == 0) {
            current.firstByteNanos = now;
            String foreign = ForeignProtocol.message(in);
            if (foreign != null) {
                malformed(foreign + ".");
                return;
            }
        }
        int from = in.position();
        while (in.hasRemaining() && current.response == null) {
            if (!readHead(in, current)) {
                break;
            }
        }
        if (current.response == null && !in.hasRemaining()) {
            current.firstByteNanos = 0; // an interim response is not the one that is waited for
        }
        ResponseHead response = current.response;
        if (response != null) {
            int bodyFrom = in.position();
            if (current.upgraded) {
                in.position(in.limit());
            } else {
                response.body().advance(in, current);
            }
            current.bytesOut += in.position() - bodyFrom;
        }
        forward(in, from);
        if (response != null && !current.upgraded && response.body().complete()) {
            complete(in);
        }
    }

    /** Reads one head, interim or final; false where it is not all there. */
    private boolean readHead(ByteBuffer in, Exchange current) throws MalformedMessage {
        int from = in.position();
        int end = heads.end(in);
        if (end < 0) {
            return false;
        }
        scope.head.read(in, from, end);
        ResponseHead response =
                ResponseHead.of(scope.head, current.request.method().equals("HEAD"));
        if (response.status() == 101 && !current.request.upgrade()) {
            throw new MalformedMessage(502, "it switches protocols, which the request had not asked for");
        }
        if (response.contradictory()) {
            LengthRemoval.apply(scope.head, in, from);
        }
        in.position(end);
        if (!response.interim()) {
            current.respond(response);
        }
        return true;
    }

    private void forward(ByteBuffer in, int from) {
        int end = in.position();
        if (end == from) {
            return;
        }
        forwarded = true;
        int limit = in.limit();
        if (client.isClosed()) {
            abandonedBytes += end - from;
        } else {
            client.send(in.position(from).limit(end));
            in.limit(limit).position(end);
        }
        if (abandonedBytes > ABANDONED_LIMIT) {
            close();
            client.finish(Outcome.CLIENT_GONE);
        } else if (exchange != null && exchange.upgraded) {
            client.resume();
        }
    }

    private void complete(ByteBuffer in) {
        if (in.hasRemaining()) {
            to.happened(Event.Kind.BAD_RESPONSE, 0, "the app sent bytes behind the end of its response");
            client.appLeft(this);
            close();
        }
        client.responseDone();
    }

    /** The app sends no more. */
    private void ended() {
        eof = true;
        Exchange current = exchange;
        if (current != null && current.upgraded) {
            client.tunnelEnded();
        } else if (current != null
                && current.response != null
                && current.response.body().untilClose()) {
            client.responseDone();
        } else {
            lost(
                    current == null || current.firstByteNanos == 0
                            ? "the app closed the connection without a response."
                            : "the app closed the connection before its response was complete.");
        }
    }

    private void lost(String text) {
        close();
        if (exchange == null || exchange.responseDone) {
            client.appLeft(this);
        } else {
            client.appGone(this, Outcome.APP_GONE, text);
        }
    }

    /** Sends bytes of the request to the app; drops them where it takes none any more but may still answer. */
    void send(ByteBuffer bytes) {
        if (!unwritable && !closed) {
            try {
                out.write(channel, bytes);
            } catch (IOException e) {
                unwritable = true;
                out.release();
            }
        }
        bytes.position(bytes.limit());
        update();
    }

    /** No more of the request will come. */
    void finishOutput() {
        if (closed || outputEnds) {
            return;
        }
        outputEnds = true;
        try {
            if (out.isEmpty() && connected) {
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            unwritable = true;
        }
    }

    /** Whether the app has ended its side. */
    boolean isEnded() {
        return eof;
    }

    /** Closes the connection. The client is told nothing. */
    void close() {
        if (!closed) {
            closed = true;
            out.release();
            held.release();
            try {
                channel.close();
            } catch (IOException e) {
                // nothing is left to be closed
            }
        }
    }

    /** Asks the selector for what this side can use now. */
    void update() {
        SelectionKey own = key;
        if (closed || own == null || !own.isValid()) {
            return;
        }
        int operations = SelectionKey.OP_CONNECT;
        if (connected) {
            operations = out.isEmpty() ? 0 : SelectionKey.OP_WRITE;
            if (!eof && (client.isClosed() || client.isDrained())) {
                operations |= SelectionKey.OP_READ;
            }
        }
        if (own.interestOps() != operations) {
            own.interestOps(operations);
        }
    }
}
