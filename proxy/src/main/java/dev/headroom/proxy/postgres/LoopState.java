package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.Recorder;
import dev.headroom.proxy.postgres.capture.SampleMemory;
import dev.headroom.proxy.postgres.catalogue.Catalogues;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.wire.LoopBuffers;
import org.jspecify.annotations.Nullable;

/** What all connections of one loop share: its buffers, and where facts go. */
final class LoopState {
    private final EventLoop events;
    private final Recorder recorder;
    private final AppTls appTls = new AppTls();
    private final Catalogues catalogues;
    private final LoopBuffers buffers = new LoopBuffers();

    LoopState(EventLoop events, Recorder recorder, boolean statistics, @Nullable SampleMemory memory) {
        this.events = events;
        this.recorder = recorder;
        this.catalogues = new Catalogues(events, statistics ? recorder::described : null, memory);
    }

    EventLoop events() {
        return events;
    }

    Recorder recorder() {
        return recorder;
    }

    Catalogues catalogues() {
        return catalogues;
    }

    AppTls appTls() {
        return appTls;
    }

    LoopBuffers buffers() {
        return buffers;
    }
}
