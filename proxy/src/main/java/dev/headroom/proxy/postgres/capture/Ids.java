package dev.headroom.proxy.postgres.capture;

import java.util.concurrent.atomic.AtomicLong;

/** The numbers of one proxy's connections, executions and transactions: unique in its run, from 1. Thread-safe. */
public final class Ids {
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong queries = new AtomicLong();
    private final AtomicLong transactions = new AtomicLong();

    long connection() {
        return connections.incrementAndGet();
    }

    /** The first of {@code count} in a row. */
    long queries(int count) {
        return queries.getAndAdd(count) + 1;
    }

    long transaction() {
        return transactions.incrementAndGet();
    }
}
