package dev.headroom.server.page;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which request a connection was set up for: it was opened and ready within the request, and the first statement on it
 * was the request's. Holds the latest connections; not thread-safe.
 */
final class ConnectionSetUps {
    private static final int MOST = 10_000;

    private final Map<Long, SetUp> connections = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, SetUp> eldest) {
            return size() > MOST;
        }
    };

    /** A connection from the app's connecting to its first ReadyForQuery, and who used it first. */
    static final class SetUp {
        final Connection connection;
        private long firstUseNanos = Long.MAX_VALUE;
        private long firstRequest;
        private Attribution attribution = Attribution.UNATTRIBUTED;

        SetUp(Connection connection) {
            this.connection = connection;
        }

        private void used(Query query) {
            if (query.startNanos() < firstUseNanos) {
                firstUseNanos = query.startNanos();
                firstRequest = query.requestId();
                attribution = query.attribution();
            }
        }

        /** How the request of its first statement is known. */
        Attribution attribution() {
            return attribution;
        }
    }

    void add(Connection connection) {
        if (connection.readyNanos() > 0 && connection.openedNanos() <= connection.readyNanos()) {
            connections.computeIfAbsent(connection.id(), id -> new SetUp(connection));
        }
    }

    void add(RequestTrace trace) {
        trace.queries().forEach(this::add);
    }

    /** A statement; those of set-up itself are no use of the connection. */
    void add(Query query) {
        if (query.attribution() != Attribution.SET_UP) {
            SetUp known = connections.get(query.connectionId());
            if (known != null) {
                known.used(query);
            }
        }
    }

    /** The set-ups of connections that were opened for the request, in order of its statements. */
    List<SetUp> of(RequestTrace trace) {
        Set<Long> ids = new LinkedHashSet<>();
        trace.queries().forEach(query -> ids.add(query.connectionId()));
        List<SetUp> found = new ArrayList<>();
        for (long id : ids) {
            @Nullable SetUp setUp = connections.get(id);
            if (setUp != null
                    && setUp.firstRequest == trace.request().id()
                    && setUp.connection.openedNanos() >= trace.request().startNanos()
                    && setUp.connection.readyNanos() <= setUp.firstUseNanos) {
                found.add(setUp);
            }
        }
        return found;
    }
}
