package dev.headroom.core.report;

import dev.headroom.core.trace.Query;
import java.util.HashMap;
import java.util.Map;

/** Adds up the statements of one transaction, or of what ran outside any. For one thread. */
final class TransactionTally {
    private static final int MAX_SHAPES = 1_000;

    private final Map<Long, Repeated> byShape = new HashMap<>();
    private String begins = "";
    private long statements;
    private long nanos;

    void add(Query query) {
        if (statements == 0) {
            begins = query.shape().text();
        }
        statements++;
        nanos += query.nanos();
        if (byShape.size() < MAX_SHAPES || byShape.containsKey(query.shape().id())) {
            byShape.merge(query.shape().id(), new Repeated(query.shape().text(), 1), Repeated::plus);
        }
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
        for (Repeated repeated : byShape.values()) {
            most = most.orMore(repeated);
        }
        return most;
    }

    /** A statement and how often it ran. */
    record Repeated(String text, long times) {
        static final Repeated NONE = new Repeated("", 0);

        Repeated plus(Repeated more) {
            return new Repeated(text, times + more.times);
        }

        /** The more frequent of the two; of equals the one whose text comes first, so that reports are alike. */
        Repeated orMore(Repeated other) {
            boolean more = other.times > times || other.times == times && other.text.compareTo(text) < 0;
            return more ? other : this;
        }
    }
}
