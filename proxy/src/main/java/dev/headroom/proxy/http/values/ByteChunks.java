package dev.headroom.proxy.http.values;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Bytes in the order in which they came, to be read once. At its end for now when all that came was read. */
final class ByteChunks extends InputStream {
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(2);
    private int at;
    private int available;

    /** Copies bytes of {@code source} behind the others. */
    void add(ByteBuffer source, int from, int end) {
        byte[] chunk = new byte[end - from];
        source.get(from, chunk);
        chunks.addLast(chunk);
        available += chunk.length;
    }

    /** The next byte, unread; 0 where there is none. */
    byte first() {
        byte[] first = chunks.peekFirst();
        return first == null ? 0 : first[at];
    }

    @Override
    public int available() {
        return available;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        byte[] first = chunks.peekFirst();
        if (first == null) {
            return -1;
        }
        int count = Math.min(length, first.length - at);
        System.arraycopy(first, at, target, offset, count);
        at += count;
        available -= count;
        if (at == first.length) {
            chunks.removeFirst();
            at = 0;
        }
        return count;
    }
}
