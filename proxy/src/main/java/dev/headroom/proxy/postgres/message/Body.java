package dev.headroom.proxy.postgres.message;

import java.nio.charset.StandardCharsets;

/** A cursor over one message's body. Reads beyond its end throw {@link NotPostgresException}. Used again and again. */
public final class Body {
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /** Starts over at a body that lies at {@code offset} of {@code body}, which is not copied. */
    public Body over(byte[] body, int offset, int length) {
        bytes = body;
        position = offset;
        end = offset + length;
        return this;
    }

    /** The array that the body lies in. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes} the next byte is. */
    public int position() {
        return position;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** The next byte, unsigned. */
    public int int1() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    /** The next two bytes, unsigned. */
    public int int2() {
        need(2);
        position += 2;
        return BigEndian.int2(bytes, position - 2);
    }

    /** The next four bytes. */
    public int int4() {
        need(4);
        position += 4;
        return BigEndian.int4(bytes, position - 4);
    }

    /** Moves on by {@code count} bytes. */
    public void skip(int count) {
        need(count);
        position += count;
    }

    /** Moves behind a zero-terminated string; returns its length without the zero. */
    public int skipString() {
        int start = position;
        for (int i = position; i < end; i++) {
            if (bytes[i] == 0) {
                position = i + 1;
                return i - start;
            }
        }
        throw new NotPostgresException("a string without end");
    }

    /** The zero-terminated string that comes next. */
    public String string() {
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
