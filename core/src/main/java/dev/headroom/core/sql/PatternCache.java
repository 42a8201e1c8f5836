package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueReader;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Remembers statements by the text around their literals. One is kept once it came twice in a row for its slot, so that
 * texts with ever new comments cost no memory. Bounded in entries and bytes. For one thread.
 */
final class PatternCache {
    private static final int SETS = 256;

    /** Statements that begin alike up to the first literal or number. */
    private static final int WAYS = 4;

    private static final int SEEN = 1_024;
    private static final int LONGEST_START = 64;
    private static final int MAX_TEXT_BYTES = 4 * 1024;
    private static final int MAX_BYTES = 1024 * 1024;

    private final @Nullable StatementPattern[] patterns = new @Nullable StatementPattern[SETS * WAYS];
    private final long[] seen = new long[SEEN];
    private final int[] bounds = new int[2 * LiteralSpans.MOST];
    private final ValueReader values;
    private int bytes;

    PatternCache(ValueReader values) {
        this.values = values;
    }

    @Nullable
    List<Statement> read(byte[] utf8, int offset, int length) {
        int first = set(utf8, offset, length) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            StatementPattern pattern = patterns[i];
            if (pattern == null) {
                return null;
            }
            List<Statement> read = pattern.read(utf8, offset, length, values, bounds);
            if (read != null) {
                if (i > first) {
                    // what comes often is found first
                    patterns[i] = patterns[i - 1];
                    patterns[i - 1] = pattern;
                }
                return read;
            }
        }
        return null;
    }

    /** A text of one statement was lexed. */
    void lexed(byte[] utf8, int offset, int length, LiteralSpans literals, Statement statement) {
        boolean fit = literals.whole()
                && literals.count() > 0
                && length <= MAX_TEXT_BYTES
                && statement.literals().size() <= 2 * LiteralSpans.MOST
                && statement.traceId() == null;
        if (fit && cameBefore(hashAround(utf8, offset, length, literals))) {
            put(set(utf8, offset, length) * WAYS, new StatementPattern(utf8, offset, length, literals, statement));
        }
    }

    private static long hashAround(byte[] utf8, int offset, int length, LiteralSpans literals) {
        long hash = 0;
        int from = offset;
        for (int i = 0; i < literals.count(); i++) {
            hash = hash * 31 + Hash64.of(utf8, from, literals.starts[i] - from);
            from = literals.ends[i];
        }
        return hash * 31 + Hash64.of(utf8, from, offset + length - from);
    }

    private boolean cameBefore(long hash) {
        int slot = (int) (hash >>> 32 ^ hash) & SEEN - 1;
        boolean before = seen[slot] == hash;
        seen[slot] = hash;
        return before;
    }

    private void put(int first, StatementPattern pattern) {
        if (bytes + pattern.size() > MAX_BYTES) {
            Arrays.fill(patterns, null);
            bytes = 0;
        }
        StatementPattern replaced = patterns[first + WAYS - 1];
        bytes += pattern.size() - (replaced == null ? 0 : replaced.size());
        System.arraycopy(patterns, first, patterns, first + 1, WAYS - 1);
        patterns[first] = pattern;
    }

    /** By the bytes before the first digit or quote: that is where a literal may begin. */
    private static int set(byte[] utf8, int offset, int length) {
        int end = offset + Math.min(length, LONGEST_START);
        int position = offset;
        while (position < end && utf8[position] != '\'' && !LiteralSpans.isDigit(utf8[position])) {
            position++;
        }
        long hash = Hash64.of(utf8, offset, position - offset);
        return (int) (hash >>> 32 ^ hash) & SETS - 1;
    }
}
