package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The normalised text of one statement while it is written, in one reused buffer. For one thread. */
final class ShapeText {
    /** Longer texts are cut. */
    static final int MAX_BYTES = 16 * 1024;

    private byte[] bytes = new byte[1_024];
    private int length;
    private boolean truncated;

    void reset() {
        length = 0;
        truncated = false;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean truncated() {
        return truncated;
    }

    void add(char c) {
        if (ensure(1)) {
            bytes[length++] = (byte) c;
        }
    }

    void add(byte[] text, int start, int end) {
        if (ensure(end - start)) {
            System.arraycopy(text, start, bytes, length, end - start);
            length += end - start;
        }
    }

    /** Adds with ASCII capitals made small: PostgreSQL folds no others in a UTF-8 database. */
    void addFolded(byte[] text, int start, int end) {
        if (ensure(end - start)) {
            byte[] into = bytes;
            int at = length;
            for (int i = start; i < end; i++) {
                byte c = text[i];
                into[at++] = c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : c;
            }
            length = at;
        }
    }

    void cutTo(int newLength) {
        length = newLength;
    }

    boolean same(int start, int end, int otherStart, int otherEnd) {
        return Arrays.equals(bytes, start, end, bytes, otherStart, otherEnd);
    }

    boolean startsWith(byte[] prefix) {
        return length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    long hash() {
        return Hash64.of(bytes, 0, length);
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private boolean ensure(int more) {
        if (truncated) {
            return false;
        }
        if (length + more > bytes.length) {
            if (length + more > MAX_BYTES) {
                truncated = true;
                return false;
            }
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(length + more, bytes.length * 2)));
        }
        return true;
    }
}
