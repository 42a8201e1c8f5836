package dev.headroom.proxy.postgres;

import java.nio.charset.StandardCharsets;

/** A cursor over one message's body. Reads beyond its end throw {@link NotPostgresException}. Used again and again. */
final class Body {
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    Body over(byte[] body, int offset, int length) {
        bytes = body;
        position = offset;
        end = offset + length;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int int1() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    int int2() {
        need(2);
        position += 2;
        return BigEndian.int2(bytes, position - 2);
    }

    int int4() {
        need(4);
        position += 4;
        return BigEndian.int4(bytes, position - 4);
    }

    void skip(int count) {
        need(count);
        position += count;
    }

    /** Moves behind a zero-terminated string; returns its length without the zero. */
    int skipString() {
        int start = position;
        for (int i = position; i < end; i++) {
            if (bytes[i] == 0) {
                position = i + 1;
                return i - start;
            }
        }
        throw new NotPostgresException("a string without end");
    }

    String string() {
        int start = position;
        int length = skipString();
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    private void need(int count) {
        if (count < 0 || count > end - position) {
            throw new NotPostgresException("a message shorter than what it holds");
        }
    }
}
