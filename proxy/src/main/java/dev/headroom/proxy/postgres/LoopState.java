package dev.headroom.proxy.postgres;

import dev.headroom.proxy.net.EventLoop;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What all connections of one loop share: the buffers of the read that is under way, and where facts go. */
final class LoopState {
    /** Bytes of one read. */
    static final int CHUNK = 64 * 1024;

    /** Room for more than one TLS record of the largest size. */
    private static final int RECORDS = 40 * 1024;

    private final EventLoop events;
    private final Recorder recorder;
    private final AppTls appTls = new AppTls();
    private final Catalogues catalogues;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private final byte[] heap = new byte[CHUNK];
    private @Nullable ByteBuffer encrypted;
    private @Nullable ByteBuffer decrypting;

    LoopState(EventLoop events, Recorder recorder, boolean statistics) {
        this.events = events;
        this.recorder = recorder;
        this.catalogues = new Catalogues(events, statistics ? recorder::described : null);
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

    /** The buffer to read into; its bytes are passed on or kept before the next read. */
    ByteBuffer chunk() {
        return chunk;
    }

    /** Where a tap reads them. */
    byte[] heap() {
        return heap;
    }

    /** What TLS encrypts into; sent or kept before the next write. */
    ByteBuffer encrypted() {
        ByteBuffer buffer = encrypted;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(RECORDS);
            encrypted = buffer;
        }
        return buffer;
    }

    /** What TLS decrypts from; decrypted or kept before the next read. */
    ByteBuffer decrypting() {
        ByteBuffer buffer = decrypting;
        if (buffer == null) {
            buffer = ByteBuffer.allocateDirect(RECORDS);
            decrypting = buffer;
        }
        return buffer;
    }
}
