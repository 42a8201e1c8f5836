package dev.headroom.proxy.http.values;

import dev.headroom.core.digest.TextWords;
import dev.headroom.core.digest.ValueReader;
import java.util.Arrays;

/**
 * The text between two delimiters, unescaped, as UTF-8. Of a longer one the first bytes and the length are kept, and the
 * words of the rest are digested as they come.
 */
final class Run {
    private static final int TAIL = 4 * 1024;
    private static final byte[] NO_TAIL = {};

    private final ShownValues values;
    private byte[] bytes = new byte[256];
    private byte[] tail = NO_TAIL;
    private int tailLength;
    private int length;
    private long total;

    Run(ShownValues values) {
        this.values = values;
    }

    void clear() {
        tailLength = 0;
        length = 0;
        total = 0;
    }

    void add(int octet) {
        if (length < ValueReader.LONGEST) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) octet;
        } else {
            addToTail((byte) octet);
        }
        total++;
    }

    private void addToTail(byte octet) {
        if (tailLength == tail.length) {
            if (tail.length == 0) {
                tail = new byte[TAIL];
            } else {
                spill(false);
            }
        }
        tail[tailLength++] = octet;
    }

    /** Hands on the words behind the first bytes; the last one only if it is {@code whole}. */
    void spill(boolean whole) {
        int end = tailLength;
        while (!whole && end > TAIL - TextWords.LONGEST && TextWords.gap(tail, end - 1, end) == 0) {
            end--;
        }
        values.words(tail, end);
        System.arraycopy(tail, end, tail, 0, tailLength - end);
        tailLength -= end;
    }

    /** Adds a character, encoded. */
    void addCodePoint(int codePoint) {
        if (codePoint < 0x80) {
            add(codePoint);
        } else if (codePoint < 0x800) {
            add(0xc0 | codePoint >> 6);
            add(0x80 | (codePoint & 0x3f));
        } else if (codePoint < 0x10000) {
            add(0xe0 | codePoint >> 12);
            add(0x80 | (codePoint >> 6 & 0x3f));
            add(0x80 | (codePoint & 0x3f));
        } else {
            add(0xf0 | codePoint >> 18);
            add(0x80 | (codePoint >> 12 & 0x3f));
            add(0x80 | (codePoint >> 6 & 0x3f));
            add(0x80 | (codePoint & 0x3f));
        }
    }

    /** Adds a blank, unless the run begins or has just had one. */
    void addBlank() {
        byte last = tailLength > 0 ? tail[tailLength - 1] : length > 0 ? bytes[length - 1] : (byte) ' ';
        if (last != ' ') {
            add(' ');
        }
    }

    /** Drops a blank at the end. */
    void trim() {
        if (total == length && length > 0 && bytes[length - 1] == ' ') {
            length--;
            total--;
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** How long it really was. */
    long total() {
        return total;
    }
}
