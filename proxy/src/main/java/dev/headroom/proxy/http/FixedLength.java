package dev.headroom.proxy.http;

import java.nio.ByteBuffer;

/** A body of the length that Content-Length told. */
final class FixedLength implements BodyFraming {
    /** A body without a byte. */
    static final FixedLength NONE = new FixedLength(0);

    private long left;

    FixedLength(long length) {
        left = length;
    }

    @Override
    public void advance(ByteBuffer in, BodyTap tap) {
        int from = in.position();
        int taken = (int) Math.min(left, in.remaining());
        left -= taken;
        in.position(from + taken);
        if (taken > 0) {
            tap.content(in, from, from + taken);
        }
    }

    @Override
    public boolean endsWithin(int bytes) {
        return left > 0 && left <= bytes;
    }

    @Override
    public boolean complete() {
        return left == 0;
    }
}
