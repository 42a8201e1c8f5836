package dev.headroom.proxy.http;

import java.nio.ByteBuffer;

/** Finds where a head ends that comes in pieces, without looking at any byte twice. */
final class HeadFinder {
    private int scanned;

    /** Where the head at {@code in}'s position ends, or -1 where more bytes must come. */
    int end(ByteBuffer in) throws MalformedMessage {
        int from = in.position();
        int end = MessageHead.end(in, from, from + scanned);
        if (end - from > MessageHead.LIMIT || (end < 0 && in.remaining() >= MessageHead.LIMIT)) {
            throw new MalformedMessage(431, "the head is longer than " + MessageHead.LIMIT + " bytes");
        }
        scanned = end < 0 ? in.remaining() : 0;
        return end;
    }
}
