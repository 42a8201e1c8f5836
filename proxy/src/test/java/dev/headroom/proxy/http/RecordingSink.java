package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps what the proxy states, for tests to wait for. */
final class RecordingSink implements CaptureSink {
    private static final long PATIENCE_MILLIS = 60_000;

    private final CaptureMeter meter = new CaptureMeter();
    private final List<CaptureEvent> events = new ArrayList<>();

    @Override
    public synchronized boolean offer(CaptureEvent event) {
        events.add(event);
        notifyAll();
        return true;
    }

    @Override
    public CaptureMeter meter() {
        return meter;
    }

    synchronized List<CaptureEvent> events() {
        return List.copyOf(events);
    }

    /** The facts of all requests that are over. */
    synchronized List<Request> finished() {
        List<Request> finished = new ArrayList<>();
        for (CaptureEvent event : events) {
            if (event instanceof CaptureEvent.RequestFinished over) {
                finished.add(over.request());
            }
        }
        return finished;
    }

    /** The first {@code count} requests that were over, waited for. */
    List<Request> finished(int count) throws InterruptedException {
        return finished(count, request -> true);
    }

    /** The first request of that route that was over, waited for. */
    Request of(String route) throws InterruptedException {
        return finished(1, request -> request.route().equals(route)).get(0);
    }

    private synchronized List<Request> finished(int count, Predicate<Request> wanted) throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            List<Request> found = finished().stream().filter(wanted).toList();
            long left = deadline - System.currentTimeMillis();
            if (found.size() >= count) {
                return found;
            }
            if (left <= 0) {
                throw new AssertionError("only " + found.size() + " of " + count + " requests are over: " + events);
            }
            wait(left);
        }
    }

    /** The only request. */
    Request only() throws InterruptedException {
        return finished(1).get(0);
    }

    /** The first event of that kind, waited for. */
    synchronized Event happened(Event.Kind kind) throws InterruptedException {
        long deadline = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            for (CaptureEvent event : events) {
                if (event instanceof CaptureEvent.Happened told && told.event().kind() == kind) {
                    return told.event();
                }
            }
            long left = deadline - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError("no " + kind + " in " + events);
            }
            wait(left);
        }
    }
}
