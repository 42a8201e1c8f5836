package dev.headroom.proxy.postgres.capture;

import dev.headroom.core.digest.TextWords;
import dev.headroom.core.trace.Digests;
import java.util.Arrays;

/** Digests of words of one column's texts, row by row, each row's followed by {@link Digests#NULL_VALUE}. */
final class ColumnWords {
    private final long[] picked = new long[TextWords.MOST];
    private long[] digests = new long[TextWords.MOST + 1];
    private int length;
    private boolean any;

    void clear() {
        length = 0;
        any = false;
    }

    /** Adds words of the value of the row under way. */
    void add(TextWords words, byte[] text, int offset, int textLength) {
        if (textLength < TextWords.SHORTEST_TEXT) {
            return;
        }
        int count = words.pick(text, offset, textLength, picked);
        if (length + count >= digests.length) {
            digests = Arrays.copyOf(digests, digests.length * 2);
        }
        System.arraycopy(picked, 0, digests, length, count);
        length += count;
        any |= count > 0;
    }

    void endRow() {
        if (length == digests.length) {
            digests = Arrays.copyOf(digests, length * 2);
        }
        digests[length++] = Digests.NULL_VALUE;
    }

    Digests digests() {
        return any ? Digests.copyOf(digests, length) : Digests.NONE;
    }
}
