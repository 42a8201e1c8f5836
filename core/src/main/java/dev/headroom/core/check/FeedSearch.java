package dev.headroom.core.check;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the column of an earlier result whose values a repeated query asks with. Names a column only where it holds
 * every value and is either tied to the query's own column by a key, or the only candidate and a key by its name: a
 * column that happens to hold the same integers must not be named.
 */
final class FeedSearch {
    private static final int MAX_POSITIONS = 16;

    private final KeyRelation keys;
    private final Map<Long, Predicates> predicates = new HashMap<>();

    FeedSearch(DatabaseStatistics statistics) {
        keys = new KeyRelation(statistics);
    }

    Predicates predicates(QueryShape shape) {
        if (predicates.size() > 10_000) {
            predicates.clear();
        }
        return predicates.computeIfAbsent(shape.id(), id -> Predicates.of(shape));
    }

    /** The feed of {@code repeats}, which are of one shape and in order of start; null where none is proven. */
    @Nullable
    Feed find(List<Query> all, List<Query> repeats) {
        int positions = repeats.get(0).values().size();
        for (int position = 0; position < Math.min(positions, MAX_POSITIONS); position++) {
            Asked asked = asked(repeats, position);
            if (asked == null || asked.values.size() < 2) {
                continue;
            }
            ColumnName target = predicates(repeats.get(0).shape()).column(position, positions);
            Feed feed = target == null ? null : choose(candidates(all, repeats, asked), target, asked);
            if (feed != null) {
                return feed;
            }
        }
        return null;
    }

    private static @Nullable Asked asked(List<Query> repeats, int position) {
        Asked asked = new Asked();
        for (Query repeat : repeats) {
            if (repeat.values().size() <= position) {
                return null;
            }
            long value = repeat.values().get(position);
            if (value != Digests.NULL_VALUE && asked.values.add(value) == asked.firstStart.size()) {
                asked.firstStart.add(repeat.startNanos());
            }
        }
        return asked;
    }

    private static Iterable<Candidate> candidates(List<Query> all, List<Query> repeats, Asked asked) {
        long last = repeats.get(repeats.size() - 1).startNanos();
        long own = repeats.get(0).shape().id();
        Map<Object, Candidate> candidates = new HashMap<>();
        for (Query source : all) {
            if (source.startNanos() > last) {
                break;
            }
            if (source.shape().id() == own) {
                continue;
            }
            for (ResultColumn column : source.columns()) {
                BitSet held = held(source, column, asked);
                if (!held.isEmpty()) {
                    candidates
                            .computeIfAbsent(identity(source, column), key -> new Candidate(source, column))
                            .add(held, asked.values.size());
                }
            }
        }
        List<Candidate> full = new ArrayList<>();
        for (Candidate candidate : candidates.values()) {
            if (candidate.held.cardinality() == asked.values.size()) {
                full.add(candidate);
            }
        }
        return full;
    }

    private static BitSet held(Query source, ResultColumn column, Asked asked) {
        BitSet held = new BitSet();
        Digests values = column.values();
        for (int row = 0; row < values.size(); row++) {
            int index = asked.values.indexOf(values.get(row));
            if (index >= 0 && source.startNanos() < asked.firstStart.get(index)) {
                held.set(index);
            }
        }
        return held;
    }

    private static Object identity(Query source, ResultColumn column) {
        return column.tableOid() != 0
                ? List.of(column.tableOid(), column.columnNumber())
                : List.of(source.shape().id(), column.name());
    }

    private @Nullable Feed choose(Iterable<Candidate> candidates, ColumnName target, Asked asked) {
        Candidate best = null;
        Candidate only = null;
        int count = 0;
        for (Candidate candidate : candidates) {
            count++;
            only = candidate;
            if (keys.holds(candidate.name(), target) && (best == null || candidate.isBefore(best))) {
                best = candidate;
            }
        }
        if (best == null && count == 1 && only != null && only.isKnownKey() && KeyRelation.isKey(target.column())) {
            best = only;
        }
        int values = asked.values.size();
        return best == null
                ? null
                : new Feed(best.name(), best.source.shape(), target, best.oneQuery, values, best.held.cardinality());
    }

    /** The distinct values asked with, and when each was first. */
    private static final class Asked {
        final DigestSet values = new DigestSet();
        final List<Long> firstStart = new ArrayList<>();
    }

    /** A column that held some of the values. */
    private static final class Candidate {
        final Query source;
        final ResultColumn column;
        final BitSet held = new BitSet();
        boolean oneQuery;

        Candidate(Query source, ResultColumn column) {
            this.source = source;
            this.column = column;
        }

        void add(BitSet more, int wanted) {
            held.or(more);
            oneQuery |= more.cardinality() == wanted;
        }

        ColumnName name() {
            String table = column.table();
            if (table == null && source.shape().tables().size() == 1) {
                table = source.shape().tables().get(0);
            }
            String name = column.column();
            return new ColumnName(table, name == null ? column.name() : name);
        }

        boolean isKnownKey() {
            return oneQuery && name().table() != null && KeyRelation.isKey(name().column());
        }

        boolean isBefore(Candidate other) {
            return oneQuery != other.oneQuery ? oneQuery : source.startNanos() < other.source.startNanos();
        }
    }
}
