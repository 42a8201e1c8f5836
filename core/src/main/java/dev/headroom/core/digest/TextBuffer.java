package dev.headroom.core.digest;

import java.util.Arrays;

/** A growing buffer of ASCII that is used again. Its writers return true, so that they chain with conditions. */
final class TextBuffer {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private byte[] bytes = new byte[256];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Takes back what was written after {@code newLength}. */
    void truncate(int newLength) {
        length = newLength;
    }

    byte at(int index) {
        return bytes[index];
    }

    boolean add(int octet) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, length * 2);
        }
        bytes[length++] = (byte) octet;
        return true;
    }

    boolean add(byte[] source, int offset, int count) {
        for (int i = 0; i < count; i++) {
            add(source[offset + i]);
        }
        return true;
    }

    boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
        return true;
    }

    boolean number(long value) {
        if (value == Long.MIN_VALUE) {
            return ascii("-9223372036854775808");
        }
        long rest = value;
        if (rest < 0) {
            add('-');
            rest = -rest;
        }
        return padded(rest, 1);
    }

    /** A non-negative number in at least {@code digits} digits; more where it needs them. */
    boolean padded(long value, int digits) {
        int start = length;
        long rest = value;
        do {
            add('0' + (int) (rest % 10));
            rest /= 10;
        } while (rest != 0);
        while (length - start < digits) {
            add('0');
        }
        for (int i = start, j = length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        return true;
    }

    boolean hex(byte[] source, int offset, int count) {
        for (int i = 0; i < count; i++) {
            add(HEX[source[offset + i] >> 4 & 0xF]);
            add(HEX[source[offset + i] & 0xF]);
        }
        return true;
    }
}
