package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What capture hands on, kept until a test takes it. Thread-safe. */
final class Traces implements TraceSink {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final CountDownLatch known = new CountDownLatch(1);
    private final List<RequestTrace> requests = new ArrayList<>();
    private final List<Query> outside = new ArrayList<>();
    private final List<Connection> opened = new ArrayList<>();
    private @Nullable DatabaseFacts facts;

    /** What came between two takings. */
    record Taken(
            List<RequestTrace> requests,
            List<Query> outside,
            List<Connection> connections,
            @Nullable DatabaseFacts facts) {
        /** Tells all of it to another. */
        void tell(TraceSink sink) {
            if (facts != null) {
                sink.database(facts);
            }
            connections.forEach(sink::connection);
            outside.forEach(sink::outside);
            requests.forEach(sink::request);
        }
    }

    @Override
    public synchronized void request(RequestTrace trace) {
        requests.add(trace);
        notifyAll();
    }

    @Override
    public synchronized void outside(Query query) {
        outside.add(query);
    }

    @Override
    public synchronized void connection(Connection connection) {
        opened.add(connection);
    }

    @Override
    public synchronized void database(DatabaseFacts described) {
        facts = described;
        known.countDown();
    }

    /** Waits for what the database knows; false where it never says. */
    boolean databaseKnown() {
        try {
            return known.await(LIMIT_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for so many requests, and takes all there is. */
    synchronized Taken take(int count) {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (requests.size() < count) {
            assertThat(System.nanoTime() - deadline)
                    .as("%d of %d requests were handed on", requests.size(), count)
                    .isNegative();
            try {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        Taken taken = new Taken(List.copyOf(requests), List.copyOf(outside), List.copyOf(opened), facts);
        requests.clear();
        outside.clear();
        opened.clear();
        return taken;
    }
}
