package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import java.nio.ByteBuffer;

/** What all connections of one loop share: the buffers of the read that is under way, and where facts go. */
final class LoopState {
    /** Bytes of one read. */
    static final int CHUNK = 64 * 1024;

    private final EventLoop events;
    private final Recorder recorder;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private final byte[] heap = new byte[CHUNK];

    LoopState(EventLoop events, Recorder recorder) {
        this.events = events;
        this.recorder = recorder;
    }

    EventLoop events() {
        return events;
    }

    Recorder recorder() {
        return recorder;
    }

    /** The buffer to read into; its bytes are passed on or kept before the next read. */
    ByteBuffer chunk() {
        return chunk;
    }

    /** Where a tap reads them. */
    byte[] heap() {
        return heap;
    }
}
