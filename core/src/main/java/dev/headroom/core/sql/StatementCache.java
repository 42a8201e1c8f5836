package dev.headroom.core.sql;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was read for a text, by its bytes. A text is kept once it came twice in a row for its slot, so that
 * texts with ever new literals cost no memory. Bounded in entries and bytes. For one thread.
 */
final class StatementCache {
    private static final int SLOTS = 2_048;
    private static final int MAX_TEXT_BYTES = 16 * 1024;
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private final long[] seen = new long[SLOTS];
    private final byte[] @Nullable [] texts = new byte[SLOTS][];
    private final @Nullable List<Statement>[] read = newLists();
    private int bytes;

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static @Nullable List<Statement>[] newLists() {
        return new List[SLOTS];
    }

    @Nullable
    List<Statement> get(long hash, byte[] utf8, int offset, int length) {
        int slot = slot(hash);
        byte[] text = texts[slot];
        return text != null && Arrays.equals(text, 0, text.length, utf8, offset, offset + length) ? read[slot] : null;
    }

    void put(long hash, byte[] utf8, int offset, int length, List<Statement> statements) {
        int slot = slot(hash);
        if (seen[slot] != hash) {
            seen[slot] = hash;
            return;
        }
        if (length > MAX_TEXT_BYTES) {
            return;
        }
        if (bytes + length > MAX_BYTES) {
            Arrays.fill(texts, null);
            Arrays.fill(read, null);
            bytes = 0;
        }
        byte[] replaced = texts[slot];
        bytes += length - (replaced == null ? 0 : replaced.length);
        texts[slot] = Arrays.copyOfRange(utf8, offset, offset + length);
        read[slot] = statements;
    }

    private static int slot(long hash) {
        return (int) (hash >>> 32 ^ hash) & SLOTS - 1;
    }
}
