package dev.headroom.core.capture;

import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Query;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What attribution needs to know of each of the app's connections: its backend, whether it is still being set up, and
 * when background work was last seen on it. Owned by one thread.
 */
final class AppConnections {
    /** For how long after background work a connection's statements can't be called a lone request's. */
    static final long BACKGROUND_SHADOW_NANOS = 10_000_000_000L;

    /** After so many statements of which nothing was told, none of those that follow is held for it. */
    static final int MANY_UNTOLD = 1_000;

    /** How many are found without a look-up by an object of their id, which is asked for several times a query. */
    private static final int RECENT = 64;

    private static final class State {
        final long connectionId;
        int backendPid;
        boolean setUp;
        boolean background;
        long backgroundNanos;
        int untold;

        State(long connectionId) {
            this.connectionId = connectionId;
        }
    }

    private int untold;

    private final Map<Long, State> states = new HashMap<>();

    /** Those that were asked for last, each where its id leaves it when divided. */
    private final @Nullable State[] recent = new State[RECENT];

    /** Those that were closed, in that order, while queries of theirs may still be undecided. */
    private final Deque<Connection> closed = new ArrayDeque<>();

    void changed(Connection connection) {
        state(connection.id()).backendPid = connection.backendPid();
        if (connection.closedNanos() != 0) {
            closed.add(connection);
        }
    }

    /** Forgets those that were closed before {@code nanos}: an app without a pool opens one for each request. */
    void forgetBefore(long nanos) {
        while (!closed.isEmpty() && closed.peek().closedNanos() - nanos < 0) {
            long id = closed.remove().id();
            states.remove(id);
            recent[place(id)] = null;
        }
    }

    /** How many are remembered. */
    int size() {
        return states.size();
    }

    int backendPid(long connectionId) {
        return state(connectionId).backendPid;
    }

    /** Whether {@code query} belongs to setting its connection up. Asked once for each query, in their order. */
    boolean setsUp(Query query) {
        State state = state(query.connectionId());
        if (!state.setUp && query.shape().control() && query.transactionId() == 0) {
            return true;
        }
        state.setUp = true;
        return false;
    }

    void background(Query query) {
        State state = state(query.connectionId());
        state.background = true;
        state.backgroundNanos = query.endNanos();
    }

    /** Whether the connection did background work in the time before {@code nanos}, when a request began. */
    boolean backgroundLately(long connectionId, long nanos) {
        State state = state(connectionId);
        return state.background && nanos - state.backgroundNanos < BACKGROUND_SHADOW_NANOS;
    }

    /** In-app instrumentation told of a statement of the connection. */
    void told(long connectionId) {
        state(connectionId).untold = 0;
    }

    /** A statement of the connection was waited for as long as it is, and nothing was told of it. */
    void untold(long connectionId) {
        State state = state(connectionId);
        state.untold = Math.min(MANY_UNTOLD, state.untold + 1);
        untold = Math.min(MANY_UNTOLD, untold + 1);
    }

    /** Somebody made itself known who may tell: that nobody did so far is no reason any more not to wait. */
    void mayBeTold() {
        untold = 0;
    }

    /** Whether many statements were waited for in vain, of whatever connections. */
    boolean longUntold() {
        return untold == MANY_UNTOLD;
    }

    /** Whether instrumentation doesn't seem to know the connection: another process's, or another driver's. */
    boolean longUntold(long connectionId) {
        return state(connectionId).untold == MANY_UNTOLD;
    }

    private State state(long connectionId) {
        State known = recent[place(connectionId)];
        if (known == null || known.connectionId != connectionId) {
            known = states.computeIfAbsent(connectionId, State::new);
            recent[place(connectionId)] = known;
        }
        return known;
    }

    private static int place(long connectionId) {
        return (int) (connectionId & (RECENT - 1));
    }
}
