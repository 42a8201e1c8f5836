package dev.headroom.cli.sidechannel;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sink that keeps what it is told. */
final class StatedEvents implements CaptureSink {
    final List<CaptureEvent> events = new CopyOnWriteArrayList<>();
    private final CaptureMeter meter = new CaptureMeter();

    @Override
    public boolean offer(CaptureEvent event) {
        return events.add(event);
    }

    @Override
    public CaptureMeter meter() {
        return meter;
    }

    <E extends CaptureEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
