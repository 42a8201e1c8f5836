package dev.headroom.core.capture;

import dev.headroom.core.trace.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which statements the app runs again and again while no request is in flight. A job that borrows from the requests'
 * pool, or whose connection was never seen at work outside of one, is known by its statements alone. Bounded. Owned by
 * one thread.
 */
final class BackgroundShapes {
    /** Executions nearer to each other than this are one round of a job, or one loop of the app's start. */
    private static final long ROUND_NANOS = 20_000_000L;

    /** Rounds after the first request that make a job, and rounds in all: an app may ask twice while it starts. */
    private static final int ENOUGH = 2;

    private static final int ENOUGH_IN_ALL = 3;
    private static final int KEPT = 1_000;

    private static final class Rounds {
        private int all;
        private int afterStart;
        private long lastNanos;
    }

    private final Map<Long, Rounds> byShape = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Rounds> eldest) {
            return size() > KEPT;
        }
    };

    /** The one that was seen last, and so is the most recent already: jobs run one statement again and again. */
    private @Nullable Rounds last;

    private long lastShape;

    /** It was sent while no request was in flight. */
    void seen(Query query, boolean afterStart) {
        Rounds rounds = rounds(query.shape().id());
        if (rounds.all > 0 && query.startNanos() - rounds.lastNanos < ROUND_NANOS) {
            return;
        }
        rounds.all++;
        rounds.afterStart += afterStart ? 1 : 0;
        rounds.lastNanos = query.startNanos();
    }

    private Rounds rounds(long shapeId) {
        Rounds known = last;
        if (known == null || shapeId != lastShape) {
            known = byShape.computeIfAbsent(shapeId, id -> new Rounds());
            last = known;
            lastShape = shapeId;
        }
        return known;
    }

    /**
     * Whether it is one that the app runs without requests, too. Once is enough while a stream is open, which may be
     * what runs it.
     */
    boolean has(Query query, boolean streamOpen) {
        last = null;
        Rounds rounds = byShape.get(query.shape().id());
        return rounds != null && (streamOpen || rounds.afterStart >= ENOUGH || rounds.all >= ENOUGH_IN_ALL);
    }
}
