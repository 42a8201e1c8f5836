package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * When one request may have written to the tables that a shape reads, or changed which tables or rows it sees.
 * Immutable.
 */
final class TableWrites {
    /** What changes which table a name means, or which rows row security shows. */
    private static final Pattern OTHER_EYES = Pattern.compile(
            "(?:SET|RESET) .*(?:\\bsearch_path\\b|\\bROLE\\b|\\bAUTHORIZATION\\b|\\bSCHEMA\\b|\\bALL\\b|\\w\\.\\w).*"
                    + "|DISCARD .*|SELECT .*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** A call of a function that is not one of PostgreSQL's own: it may write to anything. */
    private static final Pattern OWN_FUNCTION = Pattern.compile(
            "\\b(?!pg_|nextval|currval|lastval|now\\b|count\\b|version\\b|current_|clock_timestamp|txid_)[a-z_][\\w.]* ?\\(",
            Pattern.CASE_INSENSITIVE);

    private static final TableWrites NONE = new TableWrites(new long[0], new long[0], false);

    private final long[] starts;
    private final long[] latestEnds;
    private final boolean anytime;

    private TableWrites(long[] starts, long[] latestEnds, boolean anytime) {
        this.starts = starts;
        this.latestEnds = latestEnds;
        this.anytime = anytime;
    }

    /** The writes of {@code view} to what {@code shape} reads; a procedure may write to anything. */
    static TableWrites of(RequestView view, QueryShape shape) {
        long[][] spans = new long[8][];
        int count = 0;
        for (ShapeGroup group : view.groups()) {
            if (!mayWrite(group.shape(), shape)) {
                continue;
            }
            if (group.folded() > 0) {
                return new TableWrites(new long[0], new long[0], true);
            }
            for (Query query : group.queries()) {
                if (count == spans.length) {
                    spans = Arrays.copyOf(spans, count * 2);
                }
                spans[count++] = new long[] {query.startNanos(), query.endNanos()};
            }
        }
        for (Query query : view.trace().queries()) {
            if (query.shape().control() && changesView(query.shape().text())) {
                if (count == spans.length) {
                    spans = Arrays.copyOf(spans, count * 2);
                }
                spans[count++] = new long[] {query.startNanos(), query.endNanos()};
            }
        }
        if (count == 0) {
            return NONE;
        }
        long[][] sorted = Arrays.copyOf(spans, count);
        Arrays.sort(sorted, (one, other) -> Long.compare(one[0], other[0]));
        long[] starts = new long[count];
        long[] ends = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = sorted[i][0];
            ends[i] = i == 0 ? sorted[i][1] : Math.max(ends[i - 1], sorted[i][1]);
        }
        return new TableWrites(starts, ends, false);
    }

    private static boolean changesView(String control) {
        // BEGIN, COMMIT and savepoints are the usual ones
        boolean candidate = control.startsWith("SET ")
                || control.startsWith("RESET ")
                || control.startsWith("DISCARD ")
                || control.startsWith("SELECT ");
        return candidate && OTHER_EYES.matcher(control).matches();
    }

    private static boolean mayWrite(QueryShape write, QueryShape read) {
        if (write.kind() == StatementKind.OTHER) {
            return true;
        }
        if (write.kind() == StatementKind.SELECT) {
            return write.tables().isEmpty()
                    && OWN_FUNCTION.matcher(write.text()).find();
        }
        if (!write.kind().writes()) {
            return false;
        }
        return write.tables().isEmpty() || write.tables().stream().anyMatch(read.tables()::contains);
    }

    /** Whether a write was under way at some time between the start of {@code before} and that of {@code after}. */
    boolean between(Query before, Query after) {
        if (anytime) {
            return true;
        }
        int found = Arrays.binarySearch(starts, after.startNanos());
        int last = (found >= 0 ? found : -found - 1) - 1;
        return last >= 0 && latestEnds[last] > before.startNanos();
    }
}
