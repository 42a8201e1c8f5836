package dev.headroom.proxy.http;

import dev.headroom.core.capture.CaptureEvent;
import dev.headroom.core.capture.CaptureMeter;
import dev.headroom.core.capture.CaptureSink;

/** Forgets what it is told: the requests for our own page are no traffic of the app. */
final class Uncaptured implements CaptureSink {
    private final CaptureMeter meter = new CaptureMeter();

    @Override
    public boolean offer(CaptureEvent event) {
        return true;
    }

    @Override
    public CaptureMeter meter() {
        return meter;
    }
}
