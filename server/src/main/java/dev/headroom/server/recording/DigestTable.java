package dev.headroom.server.recording;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResultColumn;
import java.util.Arrays;
import java.util.List;

/**
 * The distinct digests of one request, numbered. A column's value that nothing else in the request equals (not bound,
 * not shown by the response, in no other cell) is of no use but to differ, so beyond the first {@link #KEPT_ALONE} of
 * them it is recorded as {@link #ALONE} and read back as a digest of its own.
 */
final class DigestTable {
    /** The reference of SQL NULL. */
    static final int NULL = 0;

    /** The reference of a value that nothing else in its request equals. */
    static final int ALONE = 1;

    /** The reference of the first digest of the table. */
    static final int FIRST = 2;

    /** What a word is read back as that the response did not show. */
    static final long UNSHOWN_WORD = 1;

    /** How many values that nothing else equals are kept as they are. */
    static final int KEPT_ALONE = 512;

    private static final byte ONCE = 1;
    private static final byte NEEDED = 2;
    private static final byte WORD = 3;

    private long[] keys;
    private byte[] uses;
    private int[] references;
    private long[] numbered = new long[64];
    private int size;

    private DigestTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(16, expected * 2 - 1)) * 2;
        keys = new long[capacity];
        uses = new byte[capacity];
        references = new int[capacity];
    }

    /** Counts and numbers the digests of {@code queries} and of what the response showed. */
    static DigestTable of(List<Query> queries, Digests response) {
        long total = 0;
        for (Query query : queries) {
            total += query.values().size();
            for (ResultColumn column : query.columns()) {
                total += column.values().size() + column.words().size();
            }
        }
        DigestTable table = new DigestTable((int) Math.min(total, 1 << 27));
        table.count(queries, response);
        table.number(queries);
        return table;
    }

    static DigestTable of(RequestTrace trace) {
        return of(trace.queries(), trace.response().digests());
    }

    private void count(List<Query> queries, Digests response) {
        for (Query query : queries) {
            for (int i = 0; i < query.values().size(); i++) {
                use(query.values().get(i), NEEDED);
            }
            for (ResultColumn column : query.columns()) {
                for (int i = 0; i < column.values().size(); i++) {
                    use(column.values().get(i), ONCE);
                }
                for (int i = 0; i < column.words().size(); i++) {
                    useAsWord(column.words().get(i));
                }
            }
        }
        for (int i = 0; i < response.size(); i++) {
            int slot = slot(response.get(i));
            if (uses[slot] != 0) {
                uses[slot] = NEEDED;
            }
        }
    }

    private void number(List<Query> queries) {
        int alone = 0;
        for (Query query : queries) {
            for (int i = 0; i < query.values().size(); i++) {
                number(slot(query.values().get(i)));
            }
            for (ResultColumn column : query.columns()) {
                for (int i = 0; i < column.values().size(); i++) {
                    long digest = column.values().get(i);
                    int slot = slot(digest);
                    if (digest != Digests.NULL_VALUE
                            && references[slot] == 0
                            && (uses[slot] == NEEDED || alone++ < KEPT_ALONE)) {
                        number(slot);
                    }
                }
                for (int i = 0; i < column.words().size(); i++) {
                    int slot = slot(column.words().get(i));
                    if (uses[slot] == NEEDED) {
                        number(slot);
                    }
                }
            }
        }
    }

    private void use(long digest, byte kind) {
        if (digest == Digests.NULL_VALUE) {
            return;
        }
        int slot = slot(digest);
        keys[slot] = digest;
        uses[slot] = uses[slot] == 0 || uses[slot] == WORD ? kind : NEEDED;
    }

    /** A word matters only if the response shows it: that two values share it tells nothing. */
    private void useAsWord(long digest) {
        if (digest != Digests.NULL_VALUE) {
            int slot = slot(digest);
            keys[slot] = digest;
            uses[slot] = uses[slot] == 0 ? WORD : uses[slot];
        }
    }

    private void number(int slot) {
        if (keys[slot] == Digests.NULL_VALUE || references[slot] != 0) {
            return;
        }
        if (size == numbered.length) {
            numbered = Arrays.copyOf(numbered, size * 2);
        }
        numbered[size] = keys[slot];
        references[slot] = FIRST + size++;
    }

    private int slot(long digest) {
        return NumberedDigests.slot(keys, digest);
    }

    /** The reference of a digest of a query. */
    int reference(long digest) {
        if (digest == Digests.NULL_VALUE) {
            return NULL;
        }
        int reference = references[slot(digest)];
        return reference == 0 ? ALONE : reference;
    }

    /** Whether some query has the digest too. */
    boolean contains(long digest) {
        return digest != Digests.NULL_VALUE && references[slot(digest)] != 0;
    }

    int size() {
        return size;
    }

    long get(int index) {
        return numbered[index];
    }
}
