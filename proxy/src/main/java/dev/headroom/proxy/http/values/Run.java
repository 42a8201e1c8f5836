package dev.headroom.proxy.http.values;

import dev.headroom.core.digest.ValueReader;
import java.util.Arrays;

/** The text between two delimiters, unescaped, as UTF-8. Of a longer one the first bytes and the length are kept. */
final class Run {
    private byte[] bytes = new byte[256];
    private int length;
    private long total;

    void clear() {
        length = 0;
        total = 0;
    }

    void add(int octet) {
        if (length < ValueReader.LONGEST) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) octet;
        }
        total++;
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
        if (length > 0 && bytes[length - 1] != ' ') {
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
