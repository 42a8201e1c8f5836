package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.ColumnNames;
import dev.headroom.proxy.postgres.capture.DatabaseSamples;
import dev.headroom.proxy.postgres.capture.SampleMemory;
import dev.headroom.proxy.postgres.message.StartupPacket;
import dev.headroom.proxy.postgres.tls.Target;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The catalogue of each database that the app uses. Any thread may ask. */
public final class Catalogues {
    private record Key(Upstream upstream, String database) {}

    private final EventLoop events;
    private final @Nullable Consumer<DatabaseFacts> told;
    private final Map<Key, Catalogue> known = new HashMap<>();
    private final Map<Key, DatabaseSamples> samples = new HashMap<>();
    private final Plans plans = new Plans();
    private final @Nullable SampleMemory memory;

    /**
     * Knows none yet.
     *
     * @param events the loop on which databases are asked, whoever wants to know
     * @param told is told, on that loop, what each database knows of its tables; null where it is not to be asked
     * @param memory bounds the values that are kept of statements; null where none are to be kept
     */
    public Catalogues(EventLoop events, @Nullable Consumer<DatabaseFacts> told, @Nullable SampleMemory memory) {
        this.memory = memory;
        this.events = events;
        this.told = told;
    }

    /** The one of the database that {@code packet} asks for. */
    public synchronized ColumnNames of(Target target, StartupPacket packet) {
        return known.computeIfAbsent(new Key(target.upstream(), packet.database()), key -> {
            plans.used(target, packet.user(), key.database(), samples(target, packet));
            return new Catalogue(events, target, packet.user(), key.database(), statistics(target, packet.user(), key));
        });
    }

    /** Keeps executions in that database with their values; null where values are not to be kept. */
    public synchronized @Nullable DatabaseSamples samples(Target target, StartupPacket packet) {
        SampleMemory bounds = memory;
        return bounds == null
                ? null
                : samples.computeIfAbsent(
                        new Key(target.upstream(), packet.database()), key -> bounds.database(key.database()));
    }

    /** The plans of statements in these databases; may be used on any thread. */
    public Plans plans() {
        return plans;
    }

    private @Nullable Statistics statistics(Target target, String user, Key key) {
        return told == null ? null : new Statistics(events, target, user, key.database(), told);
    }
}
