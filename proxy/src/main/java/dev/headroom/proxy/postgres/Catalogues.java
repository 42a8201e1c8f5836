package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import java.util.HashMap;
import java.util.Map;

/** The catalogue of each database that the app uses. On the loop's thread only. */
final class Catalogues {
    private record Key(Upstream upstream, String database) {}

    private final EventLoop events;
    private final Map<Key, Catalogue> known = new HashMap<>();

    Catalogues(EventLoop events) {
        this.events = events;
    }

    /** The one of the database that {@code packet} asks for. */
    ColumnNames of(Target target, StartupPacket packet) {
        return known.computeIfAbsent(
                new Key(target.upstream(), packet.database()),
                key -> new Catalogue(events, target, packet.user(), key.database()));
    }
}
