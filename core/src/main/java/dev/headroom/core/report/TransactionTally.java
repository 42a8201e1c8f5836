package dev.headroom.core.report;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the statements of one transaction, or of what ran outside any. For one thread. */
final class TransactionTally {
    private static final int MAX_SHAPES = 1_000;

    private final Map<Long, Times> byShape = new HashMap<>();
    private @Nullable Times last;
    private long lastShape;
    private String begins = "";
    private long statements;
    private long nanos;

    void add(Query query) {
        if (statements == 0) {
            begins = query.shape().text();
        }
        statements++;
        nanos += query.nanos();
        Times times = last;
        if (times == null || query.shape().id() != lastShape) {
            times = times(query.shape());
            last = times;
            lastShape = query.shape().id();
        }
        if (times != null) {
            times.count++;
        }
    }

    private @Nullable Times times(QueryShape shape) {
        Times times = byShape.get(shape.id());
        if (times == null && byShape.size() < MAX_SHAPES) {
            times = new Times(shape.text());
            byShape.put(shape.id(), times);
        }
        return times;
    }

    String begins() {
        return begins;
    }

    long statements() {
        return statements;
    }

    long nanos() {
        return nanos;
    }

    /** The statement that ran most often. */
    Repeated mostRepeated() {
        Repeated most = Repeated.NONE;
        for (Times times : byShape.values()) {
            most = most.orMore(new Repeated(times.text, times.count));
        }
        return most;
    }

    private static final class Times {
        private final String text;
        private long count;

        Times(String text) {
            this.text = text;
        }
    }

    /** A statement and how often it ran. */
    record Repeated(String text, long times) {
        static final Repeated NONE = new Repeated("", 0);

        /** The more frequent of the two; of equals the one whose text comes first, so that reports are alike. */
        Repeated orMore(Repeated other) {
            boolean more = other.times > times || other.times == times && other.text.compareTo(text) < 0;
            return more ? other : this;
        }
    }
}
