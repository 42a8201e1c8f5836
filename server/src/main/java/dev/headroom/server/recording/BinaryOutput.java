package dev.headroom.server.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing buffer of variable-length integers and strings; {@link BinaryInput} reads it. */
final class BinaryOutput {
    /** The bytes of a number of 64 bits, seven in each. */
    private static final int LONGEST_NUMBER = 10;

    private byte[] bytes = new byte[512];
    private int size;

    int size() {
        return size;
    }

    byte[] bytes() {
        return bytes;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void clear() {
        size = 0;
        if (bytes.length > 1 << 20) {
            bytes = new byte[512];
        }
    }

    void octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** Seven bits a byte, least significant first: 1 byte below 128, 10 for a negative number. */
    void unsigned(long value) {
        room(LONGEST_NUMBER);
        size = put(value, bytes, size);
    }

    /** The first {@code count} of the values, each as {@link #unsigned(long)} writes it. */
    void unsigned(long[] values, int count) {
        room(LONGEST_NUMBER * count);
        byte[] to = bytes;
        int at = size;
        for (int i = 0; i < count; i++) {
            at = put(values[i], to, at);
        }
        size = at;
    }

    private static int put(long value, byte[] to, int start) {
        int at = start;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        return at;
    }

    /** Small numbers of either sign stay small. */
    void signed(long value) {
        unsigned(zigzag(value));
    }

    /** What {@link #signed} writes as an unsigned number. */
    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    void fixed(long value) {
        room(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void text(@Nullable String text) {
        if (text == null) {
            unsigned(0);
            return;
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        unsigned(encoded.length + 1L);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
    }

    void octets(byte[] values) {
        octets(values, values.length);
    }

    void octets(byte[] values, int length) {
        room(length);
        System.arraycopy(values, 0, bytes, size, length);
        size += length;
    }

    private void room(int needed) {
        if (bytes.length - size < needed) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + needed));
        }
    }
}
