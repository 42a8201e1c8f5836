package dev.headroom.proxy.http;

import java.nio.ByteBuffer;

/** Finds where a message's body ends in the bytes that pass (RFC 9112, section 6.3). Changes none of them. */
interface BodyFraming {
    /**
     * Moves {@code in}'s position behind the bytes that belong to the body.
     *
     * @param tap where the content goes as well, without the framing
     */
    void advance(ByteBuffer in, BodyTap tap) throws MalformedMessage;

    /** Whether the body is all there. */
    boolean complete();

    /** Whether some of the body is still to come, and surely no more than so many bytes. */
    default boolean endsWithin(int bytes) {
        return false;
    }

    /** Whether only the connection's end ends the body. */
    default boolean untilClose() {
        return false;
    }
}
