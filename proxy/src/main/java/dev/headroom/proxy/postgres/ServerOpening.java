package dev.headroom.proxy.postgres;

import dev.headroom.core.trace.Event;
import dev.headroom.proxy.net.EventLoop;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connecting to the server: each address of its name in turn, without ever blocking the loop. */
final class ServerOpening {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** What comes of it, told on the loop's thread, once. */
    interface Outcome {
        /** The server can be spoken to. */
        void opened(Relay.End server);

        /** It can't; what the app is to be told. */
        void refused(ErrorMessage error);
    }

    private final LoopState loop;
    private final Upstream upstream;
    private final Outcome outcome;
    private Iterator<SocketAddress> addresses = List.<SocketAddress>of().iterator();
    private @Nullable String lastFailure;

    private ServerOpening(LoopState loop, Upstream upstream, Outcome outcome) {
        this.loop = loop;
        this.upstream = upstream;
        this.outcome = outcome;
    }

    static void begin(LoopState loop, Upstream upstream, Outcome outcome) {
        ServerOpening opening = new ServerOpening(loop, upstream, outcome);
        Resolver.resolve(upstream.address(), loop.events(), opening::resolved);
    }

    private void resolved(List<SocketAddress> found) {
        addresses = found.iterator();
        if (found.isEmpty()) {
            lastFailure = "its name is not known";
        }
        tryNext();
    }

    private void tryNext() {
        if (!addresses.hasNext()) {
            String text = "no connection to the PostgreSQL server at " + upstream.address() + ": " + lastFailure
                    + "; check that it runs and that the address is right";
            loop.recorder().happened(Event.Kind.DATABASE_UNREACHABLE, text);
            outcome.refused(new ErrorMessage(ErrorMessage.UNREACHABLE, text));
            return;
        }
        SocketAddress address = addresses.next();
        SocketChannel channel = null;
        try {
            boolean unix = address instanceof UnixDomainSocketAddress;
            channel = unix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
            channel.configureBlocking(false);
            if (!unix) {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            }
            boolean connected = channel.connect(address);
            Connecting connecting = new Connecting(channel);
            connecting.timer = loop.events().schedule(PATIENCE, connecting::timedOut);
            SelectionKey key = loop.events().register(channel, connected ? 0 : SelectionKey.OP_CONNECT, connecting);
            if (connected) {
                connecting.finished(key);
            }
        } catch (IOException e) {
            close(channel);
            failed(e);
        }
    }

    private void failed(Throwable cause) {
        lastFailure = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        tryNext();
    }

    private static void close(@Nullable SocketChannel channel) {
        if (channel != null) {
            new PlainWire(channel).close();
        }
    }

    /** One attempt. */
    private final class Connecting implements EventLoop.Handler {
        private final SocketChannel channel;
        private EventLoop.@Nullable Timer timer;

        Connecting(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void ready(SelectionKey key) throws IOException {
            if (channel.finishConnect()) {
                finished(key);
            }
        }

        private void finished(SelectionKey key) {
            cancelTimer();
            key.interestOps(0);
            outcome.opened(new Relay.End(new PlainWire(channel), key));
        }

        private void timedOut() {
            failed(new IOException("no answer within " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE) + " s"));
        }

        @Override
        public void failed(Throwable cause) {
            cancelTimer();
            close(channel);
            ServerOpening.this.failed(cause);
        }

        private void cancelTimer() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
