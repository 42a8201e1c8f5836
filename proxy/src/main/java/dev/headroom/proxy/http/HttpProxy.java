package dev.headroom.proxy.http;

import dev.headroom.core.HeadroomException;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A proxy for HTTP/1.0 and HTTP/1.1 in front of the app, as unnoticeable as can be: bodies pass through as they come,
 * and what is captured goes to a {@link CaptureSink}. {@link #start} and {@link #close} may be called from any thread;
 * everything else happens on the loop's. Does not own the loop.
 */
public final class HttpProxy implements AutoCloseable {
    private static final int BACKLOG = 1024;
    private static final int ACCEPTS_AT_ONCE = 64;
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventLoop loop;
    private final ProxyScope scope;
    private final Patience patience;
    private final ServerSocketChannel server;
    private final int port;
    private final Set<ClientSide> clients = new LinkedHashSet<>();
    private boolean watching;
    private boolean closed;

    private HttpProxy(EventLoop loop, CaptureSink sink, HttpProxySettings settings) {
        this.loop = loop;
        scope = new ProxyScope(loop, sink, settings);
        patience = new Patience(scope);
        InetSocketAddress address = settings.listen();
        try {
            server = ServerSocketChannel.open();
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(address, BACKLOG);
            server.configureBlocking(false);
            port = ((InetSocketAddress) server.getLocalAddress()).getPort();
        } catch (IOException e) {
            throw new HeadroomException(
                    "can't listen for HTTP on " + address.getHostString() + ":" + address.getPort() + ": "
                            + e.getMessage() + "; end what uses the port, or choose another with --port",
                    e);
        }
    }

    /**
     * Listens and serves on {@code loop} until closed.
     *
     * @throws HeadroomException where the address can't be listened on
     */
    public static HttpProxy start(EventLoop loop, CaptureSink sink, HttpProxySettings settings) {
        HttpProxy proxy = new HttpProxy(loop, sink, settings);
        loop.execute(proxy::listen);
        return proxy;
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /**
     * Stops listening and closes all connections; requests under way are stated as the app's side gone, and answered so
     * where no byte of an answer was sent yet. Returns then.
     */
    @Override
    public void close() {
        if (loop.inLoop()) {
            closeAll();
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            closeAll();
            done.countDown();
        });
        try {
            // a loop that has ended closed the channels by itself and runs nothing any more
            if (!done.await(2, TimeUnit.SECONDS)) {
                server.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // nothing is left to be closed
        }
    }

    /** A connection was closed. */
    void forget(ClientSide client) {
        clients.remove(client);
    }

    private void listen() {
        try {
            SelectionKey key = loop.register(server, SelectionKey.OP_ACCEPT, new Acceptor());
            key.interestOps(SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            closeAll();
        }
    }

    private void closeAll() {
        closed = true;
        List<ClientSide> open = new ArrayList<>(clients);
        for (ClientSide client : open) {
            client.answers.appEnded();
        }
        if (scope.app.values != null) {
            scope.app.values.close();
        }
        try {
            server.close();
        } catch (IOException e) {
            // nothing is left to be closed
        }
    }

    private void watch() {
        if (!watching && !closed) {
            loop.schedule(patience.periodNanos(), this::look);
            watching = true;
        }
    }

    private void look() {
        watching = false;
        if (!clients.isEmpty()) {
            watch();
        }
        long now = System.nanoTime();
        for (ClientSide client : new ArrayList<>(clients)) {
            patience.check(client, now);
        }
    }

    /** Takes new connections; while the system has no descriptor left it pauses. */
    private final class Acceptor implements EventLoop.Handler {
        @Override
        public void ready(SelectionKey key) {
            for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
                SocketChannel channel;
                try {
                    channel = server.accept();
                } catch (IOException e) {
                    pause(key);
                    return;
                }
                if (channel == null) {
                    return;
                }
                serve(channel);
            }
        }

        @Override
        public void failed(Throwable cause) {
            // the next connection may do better
        }

        private void pause(SelectionKey key) {
            if (key.isValid()) {
                key.interestOps(0);
                loop.schedule(ACCEPT_PAUSE_NANOS, () -> {
                    if (key.isValid()) {
                        key.interestOps(SelectionKey.OP_ACCEPT);
                    }
                });
            }
        }

        private void serve(SocketChannel channel) {
            try {
                clients.add(new ClientSide(HttpProxy.this, scope, channel));
                watch();
            } catch (IOException e) {
                try {
                    channel.close();
                } catch (IOException again) {
                    // the client has gone already
                }
            }
        }
    }
}
