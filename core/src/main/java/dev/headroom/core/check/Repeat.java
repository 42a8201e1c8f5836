package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One look-up that a request ran again and again with other values each time.
 *
 * @param shape the statement
 * @param site where in the user's code; null where unknown
 * @param distinct the first execution with each set of values, in order of start
 * @param folded how many more were only counted
 * @param foldedNanos their time
 * @param valuesKnown whether the values were captured
 * @param searched whether the column that feeds it was looked for in this request
 * @param feed that column; null where none was proven
 */
record Repeat(
        QueryShape shape,
        @Nullable CallSite site,
        List<Query> distinct,
        long folded,
        long foldedNanos,
        boolean valuesKnown,
        boolean searched,
        @Nullable Feed feed) {

    long count() {
        return distinct.size() + folded;
    }

    /** What it is counted under, over the requests of an operation. */
    Key key(String operation) {
        return Key.of(operation, shape, site);
    }

    /** A repeat's identity: not the line, which an edit above it moves. */
    record Key(
            String operation,
            long shape,
            @Nullable String file,
            @Nullable String function,
            @Nullable String relation) {
        static Key of(String operation, QueryShape shape, @Nullable CallSite site) {
            return site == null
                    ? new Key(operation, shape.id(), null, null, null)
                    : new Key(operation, shape.id(), site.file(), site.function(), site.relation());
        }

        static boolean samePlace(@Nullable CallSite one, @Nullable CallSite other) {
            if (one == null || other == null) {
                return one == null && other == null;
            }
            return one.file().equals(other.file())
                    && one.function().equals(other.function())
                    && Objects.equals(one.relation(), other.relation());
        }
    }
}
