package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing run of bytes that a head is written to, reused from message to message. */
final class HeadBytes {
    private static final int KEPT = 4 * 1024;

    private byte[] bytes = new byte[512];
    private int length;

    /** Empties it, and lets go of memory that an unusually large head took. */
    void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[512];
        }
    }

    int length() {
        return length;
    }

    void add(byte[] source, int from, int end) {
        ensure(end - from);
        System.arraycopy(source, from, bytes, length, end - from);
        length += end - from;
    }

    void add(byte octet) {
        ensure(1);
        bytes[length++] = octet;
    }

    /** Adds text whose chars are bytes. */
    @SuppressWarnings("deprecation") // each char's low byte is just what is wanted, and without another array
    void add(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
    }

    /** Adds a number that is not negative in decimal digits. */
    void add(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        ensure(digits);
        length += digits;
        long rest = number;
        for (int i = length - 1; i >= length - digits; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Copies all to {@code target}, which must have room. */
    void copyTo(ByteBuffer target) {
        target.put(bytes, 0, length);
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
