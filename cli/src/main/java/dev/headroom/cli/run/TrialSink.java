package dev.headroom.cli.run;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import dev.headroom.core.trace.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/** Keeps of what the proxies state only what a trial asks for. Thread-safe; bounded by the trial's few requests. */
final class TrialSink implements CaptureSink {
    private static final Set<Event.Kind> TROUBLES = EnumSet.of(
            Event.Kind.DATABASE_UNREACHABLE,
            Event.Kind.DATABASE_REFUSED,
            Event.Kind.DATABASE_CONNECTION_BROKEN,
            Event.Kind.APP_UNREACHABLE,
            Event.Kind.BAD_RESPONSE);
    private static final int MOST = 1_000;

    private final CaptureMeter meter = new CaptureMeter();
    private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();
    private final Set<Long> connections = ConcurrentHashMap.newKeySet();
    private final Set<String> troubles = ConcurrentHashMap.newKeySet();

    @Override
    public boolean offer(CaptureEvent event) {
        if (event instanceof CaptureEvent.ConnectionChanged changed && connections.size() < MOST) {
            connections.add(changed.connection().id());
        } else if (event instanceof CaptureEvent.QueryFinished query && connections.size() < MOST) {
            connections.add(query.query().connectionId());
        } else if (event instanceof CaptureEvent.Happened happened
                && TROUBLES.contains(happened.event().kind())
                && troubles.size() < MOST) {
            troubles.add(happened.event().text());
        }
        return true;
    }

    @Override
    public void follow(LongSupplier statedUpTo) {
        sources.add(statedUpTo);
    }

    /** Whether all that passed before {@code nanos} of the monotonic clock has been stated; who asks hurries it on. */
    boolean stated(long nanos) {
        boolean stated = true;
        for (LongSupplier source : sources) {
            long upTo = source.getAsLong();
            stated &= upTo == Long.MAX_VALUE || upTo - nanos >= 0;
        }
        return stated;
    }

    @Override
    public CaptureMeter meter() {
        return meter;
    }

    /** How many connections the app opened to its databases through the proxy. */
    int connections() {
        return connections.size();
    }

    /** What the proxies could not do, in words. */
    List<String> troubles() {
        return troubles.stream().sorted().toList();
    }
}
