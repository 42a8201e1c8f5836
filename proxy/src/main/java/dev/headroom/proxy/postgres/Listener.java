package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.tls.Target;
import dev.headroom.proxy.postgres.wire.PlainWire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Takes the app's connections on one address, for one server. Runs on the first loop; shares them out among all. */
final class Listener implements EventLoop.Handler {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final LoopShares loops;
    private final EventLoop events;
    private final ServerSocketChannel channel;
    private final Target target;

    Listener(LoopShares loops, ServerSocketChannel channel, Target target) {
        this.loops = loops;
        this.events = loops.first().events();
        this.channel = channel;
        this.target = target;
    }

    void register() {
        try {
            events.register(channel, SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            for (SocketChannel app = channel.accept(); app != null; app = channel.accept()) {
                take(app);
            }
        } catch (IOException e) {
            // most likely no more file descriptors: those that wait are taken once some are free
            key.interestOps(0);
            events.schedule(PAUSE, () -> {
                if (key.isValid()) {
                    key.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    @Override
    public void failed(Throwable cause) {
        close();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // nobody waits for the outcome of closing a listener
        }
    }

    private void take(SocketChannel app) {
        try {
            app.configureBlocking(false);
            if (app.getLocalAddress() instanceof InetSocketAddress) {
                app.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
        } catch (IOException e) {
            new PlainWire(app).close();
            return;
        }
        LoopState loop = loops.take(app);
        if (loop.events().inLoop()) {
            open(loop, app);
        } else {
            loop.events().execute(() -> open(loop, app));
        }
    }

    private void open(LoopState loop, SocketChannel app) {
        try {
            loop.events().register(app, SelectionKey.OP_READ, new AppOpening(loop, target, app));
        } catch (IOException e) {
            new PlainWire(app).close();
        }
    }
}
