package dev.headroom.proxy.postgres.wire;

import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** One attempt to connect to one address. */
public final class Connecting implements EventLoop.Handler {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** What comes of it, told on the loop's thread, once. */
    public interface Outcome {
        void connected(Endpoint plain);

        void failed(IOException cause);
    }

    private final SocketChannel channel;
    private final EventLoop.Timer timer;
    private final Outcome outcome;
    private boolean over;

    private Connecting(EventLoop events, SocketChannel channel, Outcome outcome) {
        this.channel = channel;
        this.outcome = outcome;
        this.timer = events.schedule(
                PATIENCE,
                () -> failed(new IOException("no answer within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s")));
    }

    /** Begins to connect; gives up after some seconds. On the loop's thread only. */
    public static void begin(EventLoop events, SocketAddress address, Outcome outcome) {
        SocketChannel channel;
        try {
            channel = open(address);
        } catch (IOException e) {
            outcome.failed(e);
            return;
        }
        Connecting connecting = new Connecting(events, channel, outcome);
        try {
            boolean connected = channel.connect(address);
            SelectionKey key = events.register(channel, connected ? 0 : SelectionKey.OP_CONNECT, connecting);
            if (connected) {
                connecting.finished(key);
            }
        } catch (IOException | RuntimeException e) {
            connecting.failed(e);
        }
    }

    private static SocketChannel open(SocketAddress address) throws IOException {
        if (address instanceof UnixDomainSocketAddress) {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.configureBlocking(false);
            return channel;
        }
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return channel;
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        if (channel.finishConnect()) {
            finished(key);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (!over) {
            over = true;
            timer.cancel();
            new PlainWire(channel).close();
            outcome.failed(cause instanceof IOException io ? io : new IOException(cause));
        }
    }

    private void finished(SelectionKey key) {
        over = true;
        timer.cancel();
        key.interestOps(0);
        outcome.connected(new Endpoint(new PlainWire(channel), key));
    }
}
