package dev.headroom.server.page;

import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;

/** The figures of a statement's executions as one array, so that many of them stay small and are added up fast. */
final class ShapeFigures {
    static final int COUNT = 0;
    static final int NANOS = 1;
    static final int ROWS = 2;
    static final int BYTES = 3;
    static final int FAILED = 4;
    /** Executions of which only the sums are known: not the longest, and not whether they failed. */
    static final int SUMMED = 5;

    /** The longest of them; the only one that is not a sum. */
    static final int MAX_NANOS = 6;

    static final int SIZE = 7;

    private ShapeFigures() {}

    static void add(long[] figures, Query query) {
        figures[COUNT]++;
        figures[NANOS] += query.nanos();
        figures[ROWS] += query.rows();
        figures[BYTES] += query.bytes();
        figures[FAILED] += query.sqlState() == null ? 0 : 1;
        figures[MAX_NANOS] = Math.max(figures[MAX_NANOS], query.nanos());
    }

    static void add(long[] figures, FoldedQueries more) {
        figures[COUNT] += more.count();
        figures[NANOS] += more.nanos();
        figures[ROWS] += more.rows();
        figures[BYTES] += more.bytes();
        figures[SUMMED] += more.count();
    }

    static void add(long[] figures, long[] others) {
        for (int i = 0; i < MAX_NANOS; i++) {
            figures[i] += others[i];
        }
        figures[MAX_NANOS] = Math.max(figures[MAX_NANOS], others[MAX_NANOS]);
    }
}
