package dev.headroom.proxy.postgres.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The buffers of the read that is under way, shared by all connections of one loop. On the loop's thread only. */
public final class LoopBuffers {
    /** Bytes of one read. */
    public static final int CHUNK = 64 * 1024;

    /** Room for more than one TLS record of the largest size. */
    private static final int RECORDS = 40 * 1024;

    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private final byte[] heap = new byte[CHUNK];
    private @Nullable ByteBuffer encrypted;
    private @Nullable ByteBuffer decrypting;

    /** The buffer to read into; its bytes are passed on or kept before the next read. */
    public ByteBuffer chunk() {
        return chunk;
    }

    /** Where a tap reads them. */
    public byte[] heap() {
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
