package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import dev.headroom.proxy.postgres.capture.Recorder;
import dev.headroom.proxy.postgres.catalogue.Catalogues;
import dev.headroom.proxy.postgres.tls.AppTls;
import dev.headroom.proxy.postgres.wire.LoopBuffers;

/**
 * What all connections of one loop share: its buffers and what reads along, which are its own, and the catalogues and
 * the certificate, which all loops of the proxy share. On the loop's thread only, but for what says otherwise.
 */
final class LoopState {
    private final EventLoop events;
    private final Recorder recorder;
    private final AppTls appTls;
    private final Catalogues catalogues;
    private final LoopBuffers buffers = new LoopBuffers();

    LoopState(EventLoop events, Recorder recorder, Catalogues catalogues, AppTls appTls) {
        this.events = events;
        this.recorder = recorder;
        this.catalogues = catalogues;
        this.appTls = appTls;
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
