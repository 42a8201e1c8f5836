package dev.headroom.proxy.http;

import java.nio.ByteBuffer;

/** A response body that lasts until its sender closes the connection. */
final class UntilClose implements BodyFraming {
    @Override
    public void advance(ByteBuffer in, BodyTap tap) {
        int from = in.position();
        in.position(in.limit());
        tap.content(in, from, in.limit());
    }

    @Override
    public boolean complete() {
        return false;
    }

    @Override
    public boolean untilClose() {
        return true;
    }
}
