package dev.headroom.proxy.http;

import java.nio.ByteBuffer;

/** Reads along as a body's content passes. */
interface BodyTap {
    /** Reads nothing. */
    BodyTap NONE = (in, from, end) -> {};

    /** The bytes of {@code in} from {@code from} to {@code end} are content; they must not be changed or kept. */
    void content(ByteBuffer in, int from, int end);
}
