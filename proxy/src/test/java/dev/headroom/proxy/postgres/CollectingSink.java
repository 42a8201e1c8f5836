package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.ValueSample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Keeps every event, and lets a test wait for one. */
final class CollectingSink implements CaptureSink {
    private static final long PATIENCE_SECONDS = 60;
    private static final long ASK_MILLIS = 10;

    private final CaptureMeter meter = new CaptureMeter();
    private final List<CaptureEvent> events = new ArrayList<>();
    private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();
    private volatile boolean overloaded;

    @Override
    public synchronized boolean offer(CaptureEvent event) {
        events.add(event);
        notifyAll();
        return true;
    }

    @Override
    public boolean overloaded() {
        return overloaded;
    }

    /** The time up to which all that passed has been stated. */
    long statedUpTo() {
        long now = System.nanoTime();
        return sources.stream()
                .mapToLong(LongSupplier::getAsLong)
                .map(up -> up == Long.MAX_VALUE ? now : up)
                .min()
                .orElse(now);
    }

    void overloaded(boolean now) {
        overloaded = now;
    }

    @Override
    public void follow(LongSupplier statedUpTo) {
        sources.add(statedUpTo);
    }

    @Override
    public CaptureMeter meter() {
        return meter;
    }

    synchronized void clear() {
        events.clear();
    }

    synchronized List<Query> queries() {
        return events.stream()
                .filter(CaptureEvent.QueryFinished.class::isInstance)
                .map(event -> ((CaptureEvent.QueryFinished) event).query())
                .toList();
    }

    synchronized List<CaptureEvent.QueryFinished> finished() {
        return events.stream()
                .filter(CaptureEvent.QueryFinished.class::isInstance)
                .map(CaptureEvent.QueryFinished.class::cast)
                .toList();
    }

    /** The app's own queries: no BEGIN, SET and the like. */
    List<Query> statements() {
        return queries().stream().filter(query -> !query.shape().control()).toList();
    }

    synchronized List<Connection> connections() {
        return events.stream()
                .filter(CaptureEvent.ConnectionChanged.class::isInstance)
                .map(event -> ((CaptureEvent.ConnectionChanged) event).connection())
                .toList();
    }

    synchronized List<DatabaseFacts> databases() {
        return events.stream()
                .filter(CaptureEvent.DatabaseDescribed.class::isInstance)
                .map(event -> ((CaptureEvent.DatabaseDescribed) event).facts())
                .toList();
    }

    synchronized List<ValueSample> values() {
        return events.stream()
                .filter(CaptureEvent.ValuesSampled.class::isInstance)
                .map(event -> ((CaptureEvent.ValuesSampled) event).sample())
                .toList();
    }

    synchronized List<Event> happened() {
        return events.stream()
                .filter(CaptureEvent.Happened.class::isInstance)
                .map(event -> ((CaptureEvent.Happened) event).event())
                .toList();
    }

    /** Waits until so many connections have ended, so that all their queries are here. */
    void awaitClosed(int count) {
        await(
                "closed connections: " + count,
                sink -> sink.connections().stream()
                                .filter(connection -> connection.closedNanos() != 0)
                                .count()
                        >= count);
    }

    synchronized void await(String what, Predicate<CollectingSink> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long stated = statedUpTo();
        boolean met = condition.test(this);
        while (!met && System.nanoTime() < deadline) {
            try {
                // as capture does, which has the proxy state what it has only passed on so far
                stated = statedUpTo();
                TimeUnit.MILLISECONDS.timedWait(this, ASK_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            met = condition.test(this);
        }
        assertThat(met)
                .as("within %d s, stated up to %d: %s", PATIENCE_SECONDS, stated, what)
                .isTrue();
    }
}
