package dev.headroom.proxy.http;

import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Outcome;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What joins a client's connection to the app: opened for its first request, replaced where the app has closed it, and
 * tried again while the app does not listen yet. Owned by the loop's thread.
 */
final class AppLink {
    private static final long SHORTEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LONGEST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final ClientSide client;
    private final ProxyScope scope;
    private @Nullable AppSide side;

    AppLink(ClientSide client, ProxyScope scope) {
        this.client = client;
        this.scope = scope;
    }

    /** The connection, open or being opened; null where there is none. */
    @Nullable
    AppSide side() {
        return side;
    }

    /** Opens a connection to where {@code next} goes, if none is open. */
    void open(Exchange next) {
        if (side != null && side.to != next.to) {
            close();
        }
        if (side == null) {
            connect();
        }
    }

    /** Opens another connection after {@link #forget}, for the same request. */
    void connect() {
        Exchange current = client.exchange;
        if (!client.isClosed() && current != null) {
            side = AppSide.connect(client, scope, current.to);
        }
    }

    /** That connection has ended; whether it was the one in use. */
    boolean forget(AppSide ended) {
        if (side != ended) {
            return false;
        }
        side = null;
        return true;
    }

    /** No connection could be made: tries again soon where the app has not listened yet, or gives up. */
    void refused(String text) {
        Exchange current = client.exchange;
        failed(text, current != null && current.to.seen);
    }

    /** It is being looked at where the app listens, also where it was reached already: tries again soon. */
    void addressUnknown(String text) {
        failed(text, false);
    }

    /** As many connections wait for the app as may: tries again soon. */
    void full() {
        failed("the app accepts no more connections.", false);
    }

    private void failed(String text, boolean forGood) {
        side = null;
        Exchange current = client.exchange;
        if (current == null || client.isClosed()) {
            return;
        }
        long waited = System.nanoTime() - client.times.busyNanos();
        if (forGood || waited > scope.settings.limit(TimeLimit.APP_START).toNanos()) {
            current.to.happened(Event.Kind.APP_UNREACHABLE, current.id, text);
            client.answers.answer(current.to.seen ? 502 : 503, text, Outcome.APP_UNREACHABLE);
            return;
        }
        current.appAwaited();
        // more and more seldom, so that many who wait don't take the processor from an app that starts
        long delay = Math.min(LONGEST_RETRY_NANOS, SHORTEST_RETRY_NANOS + waited / 10);
        scope.loop.schedule(delay, () -> {
            if (client.exchange == current && side == null) {
                connect();
                client.resume();
            }
        });
    }

    void close() {
        AppSide open = side;
        side = null;
        if (open != null) {
            open.close();
        }
    }
}
