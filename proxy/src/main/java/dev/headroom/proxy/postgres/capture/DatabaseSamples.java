package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ValueSample;
import dev.headroom.core.trace.ValueSample.Which;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The slowest and the latest execution of each statement in one database, with their values. Thread-safe. */
public final class DatabaseSamples {
    private final SampleMemory memory;
    private final String database;
    private final Map<Long, Kept> kept = new HashMap<>();

    private static final class Kept {
        @Nullable
        ValueSample slowest;

        @Nullable
        ValueSample latest;

        boolean slowestChanged;
        boolean latestChanged;
    }

    DatabaseSamples(SampleMemory memory, String database) {
        this.memory = memory;
        this.database = database;
    }

    /** That sample of the shape with this id; null where none is kept. */
    public synchronized @Nullable ValueSample get(long shapeId, Which which) {
        Kept of = kept.get(shapeId);
        return of == null ? null : which == Which.SLOWEST ? of.slowest : of.latest;
    }

    SampleMemory memory() {
        return memory;
    }

    /** An execution is over. */
    synchronized void executed(QueryShape shape, SentStatement sent, long startNanos, long nanos) {
        ValueSample sample =
                new ValueSample(shape, database, Which.LATEST, startNanos, nanos, sent.text(), sent.parameters());
        Kept known = kept.get(shape.id());
        Kept of = known == null ? new Kept() : known;
        boolean slower = of.slowest == null || nanos > of.slowest.nanos();
        // the first counts twice: it is the slowest and the latest, and the next latest one will be another
        if (!memory.keep(sample.weight() - weight(of.latest) + (slower ? sample.weight() - weight(of.slowest) : 0))) {
            memory.countUnkept();
            return;
        }
        kept.put(shape.id(), of);
        if (slower) {
            of.slowest = sample.as(Which.SLOWEST);
            of.slowestChanged = true;
        }
        of.latest = sample;
        of.latestChanged = true;
    }

    private static long weight(@Nullable ValueSample sample) {
        return sample == null ? 0 : sample.weight();
    }

    synchronized void takeChanged(Consumer<ValueSample> taker) {
        for (Kept each : kept.values()) {
            if (each.slowestChanged && each.slowest != null) {
                taker.accept(each.slowest);
            }
            if (each.latestChanged && each.latest != null) {
                taker.accept(each.latest);
            }
            each.slowestChanged = false;
            each.latestChanged = false;
        }
    }
}
