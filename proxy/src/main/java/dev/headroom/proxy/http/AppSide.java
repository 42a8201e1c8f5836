package dev.headroom.proxy.http;

import dev.headroom.core.trace.Outcome;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.net.SocketCalls;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the app, of one client connection alone: carries its requests there and hands what comes back to a
 * {@link ResponseReader}. Owned by the loop's thread.
 */
final class AppSide implements EventLoop.Handler {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventLoop loop;
    private final ClientSide client;
    final Destination to;
    final SocketAddress address;
    private final SocketChannel channel;
    private @Nullable SelectionKey key;
    private final ResponseReader responses;
    final OutQueue out;

    /** When the connection stood; 0 until then. */
    private long standsNanos;

    /** Whether it stands and is known to be the app's. */
    private boolean connected;

    private boolean unwritable;
    private boolean outputEnds;
    private boolean eof;
    private boolean closed;

    private AppSide(ClientSide client, ProxyScope scope, Destination to, SocketAddress address, SocketChannel channel) {
        this.loop = scope.loop;
        this.client = client;
        this.to = to;
        this.address = address;
        this.channel = channel;
        responses = new ResponseReader(this, client, scope);
        out = new OutQueue(scope.buffers);
    }

    /** Begins to connect for {@code client}, which is told how it went; null where that failed at once. */
    static @Nullable AppSide connect(ClientSide client, ProxyScope scope, Destination to) {
        SocketAddress address = to.address();
        if (address == null) {
            scope.loop.execute(() -> client.link.addressUnknown("the app does not listen yet."));
            return null;
        }
        AppSide side = null;
        try {
            SocketChannel channel = AppChannel.open(address);
            side = new AppSide(client, scope, to, address, channel);
            if (channel.connect(address)) {
                side.stands();
            }
            side.key = scope.loop.register(channel, side.connected ? SelectionKey.OP_READ : side.opening(), side);
            return side;
        } catch (IOException | UnresolvedAddressException e) {
            if (side != null) {
                side.close();
            }
            boolean full = AppChannel.full(address, e);
            scope.loop.execute(full ? () -> client.link.full() : () -> client.link.refused(refused(to)));
            return null;
        }
    }

    private static String refused(Destination to) {
        String where = AppChannel.name(to.address());
        return to.seen
                ? "the app no longer accepts connections on " + where + "."
                : "the app does not listen on " + where + " yet.";
    }

    /** The connection stands. While the app starts it may be another program's, so nothing is sent until that is known. */
    private void stands() {
        if (standsNanos == 0) {
            standsNanos = System.nanoTime();
        }
        connected = address.equals(to.addressSince(standsNanos));
        to.seen |= connected;
        if (!connected) {
            loop.schedule(LOOK_AGAIN_NANOS, this::lookAgain);
        }
    }

    private void lookAgain() {
        if (closed) {
            return;
        }
        SocketAddress now = to.addressSince(standsNanos);
        if (now == null ? System.nanoTime() - standsNanos > LOOK_NANOS : !address.equals(now)) {
            close();
            client.link.addressUnknown("the app does not listen yet.");
            return;
        }
        stands();
        resumeIfConnected();
        update();
    }

    private void resumeIfConnected() {
        if (connected) {
            client.resume();
        }
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return responses.isReused();
    }

    /** Whether a byte of the response under way was passed on. */
    boolean hasForwarded() {
        return responses.hasForwarded();
    }

    /** The response to {@code next} is what comes next. */
    void begin(Exchange next) {
        responses.begin(next);
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (!connected) {
            if (standsNanos == 0 && channel.finishConnect()) {
                stands();
                resumeIfConnected();
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
            client.link.refused(refused(to));
        }
    }

    private void read() throws IOException {
        ByteBuffer in = responses.buffer();
        int count = SocketCalls.read(channel, in);
        in.flip();
        if (count < 0) {
            ended();
        } else if (count > 0) {
            responses.read(in);
        }
    }

    /** The app sends no more. */
    private void ended() {
        eof = true;
        Exchange current = responses.exchange();
        if (current != null && current.upgraded) {
            client.departures.tunnelEnded();
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
        responses.sendLoneHead();
        close();
        Exchange current = responses.exchange();
        if (current == null || current.responseDone) {
            client.appLeft(this);
        } else {
            client.departures.appGone(this, Outcome.APP_GONE, text);
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

    /** Whether it is closed from our side. */
    boolean isClosed() {
        return closed;
    }

    /** Closes the connection. The client is told nothing. */
    void close() {
        if (!closed) {
            closed = true;
            out.release();
            responses.release();
            try {
                channel.close();
            } catch (IOException e) {
                // nothing is left to be closed
            }
        }
    }

    private int opening() {
        return standsNanos == 0 ? SelectionKey.OP_CONNECT : 0;
    }

    /** Asks the selector for what this side can use now. */
    void update() {
        SelectionKey own = key;
        if (closed || own == null || !own.isValid()) {
            return;
        }
        int operations = opening();
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
