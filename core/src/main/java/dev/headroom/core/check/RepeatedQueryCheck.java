package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds one shape that runs again and again in a request with other values each time (N+1). Judged inside a request, by
 * shape and call site, however far apart the repeats are.
 */
public final class RepeatedQueryCheck implements Check {
    /** The check's name. */
    public static final String ID = "repeated-query";

    /** Fewer different values than this in a request are not called a repeat. */
    static final int MIN_REPEATS = 5;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new Run(context);
    }

    private static final class Run implements CheckRun {
        private static final int MAX_FINDINGS = 5_000;

        private final FeedSearch feeds;
        private final Map<Key, RepeatedQueryTally> tallies = new LinkedHashMap<>();
        private long judged;
        private long couldNot;

        Run(CheckContext context) {
            feeds = new FeedSearch(context.statistics());
        }

        @Override
        public void request(RequestView view) {
            boolean cannotTell = false;
            for (ShapeGroup group : view.groups()) {
                if (group.count() >= MIN_REPEATS && isLookup(group.shape())) {
                    if (group.shape().truncated()) {
                        cannotTell = true;
                    } else {
                        bySite(view, group);
                    }
                }
            }
            if (cannotTell) {
                couldNot++;
            } else {
                judged++;
            }
        }

        private static boolean isLookup(QueryShape shape) {
            return shape.kind() == StatementKind.SELECT && !shape.tables().isEmpty()
                    || shape.kind() == StatementKind.OTHER && shape.text().startsWith("EXECUTE ");
        }

        /** The same statement from two places can be two relations. */
        private void bySite(RequestView view, ShapeGroup group) {
            CallSite first =
                    group.queries().isEmpty() ? null : group.queries().get(0).callSite();
            boolean one = true;
            for (Query query : group.queries()) {
                if (!Key.samePlace(query.callSite(), first)) {
                    one = false;
                    break;
                }
            }
            if (one) {
                judge(view, group.shape(), first, group.queries(), group.folded(), group.foldedNanos());
                return;
            }
            Map<Key, List<Query>> sites = new LinkedHashMap<>();
            for (Query query : group.queries()) {
                sites.computeIfAbsent(Key.of(view, group.shape(), query.callSite()), key -> new ArrayList<>())
                        .add(query);
            }
            for (List<Query> queries : sites.values()) {
                judge(view, group.shape(), queries.get(0).callSite(), queries, 0, 0);
            }
        }

        private void judge(
                RequestView view,
                QueryShape shape,
                @Nullable CallSite site,
                List<Query> queries,
                long folded,
                long foldedNanos) {
            List<Query> distinct = distinct(queries);
            if (distinct.size() < MIN_REPEATS || isBatch(shape, distinct)) {
                return;
            }
            Key key = Key.of(view, shape, site);
            RepeatedQueryTally tally = tallies.get(key);
            if (tally == null) {
                if (tallies.size() >= MAX_FINDINGS) {
                    return;
                }
                tally = new RepeatedQueryTally(view.operation(), shape, site);
                tallies.put(key, tally);
            }
            boolean values =
                    distinct.get(0).valuesComplete() && distinct.get(0).values().size() > 0;
            Feed feed = values && tally.wantsFeed() ? feeds.find(view.trace().queries(), distinct) : null;
            tally.add(view, distinct, folded, foldedNanos, feed, values);
        }

        /** The first execution with each set of values; duplicates are another check's. */
        private static List<Query> distinct(List<Query> queries) {
            List<Query> distinct = new ArrayList<>(queries.size());
            Set<Digests> seen = new HashSet<>(queries.size() * 2);
            for (Query query : queries) {
                if (!query.valuesComplete() || seen.add(query.values())) {
                    distinct.add(query);
                }
            }
            return distinct;
        }

        /** Each execution asks for many values at once: that is the fix, not the problem. */
        private boolean isBatch(QueryShape shape, List<Query> queries) {
            Predicates predicates = feeds.predicates(shape);
            if (!predicates.asksForList()) {
                return false;
            }
            if (shape.text().contains("= ANY (")) {
                return true;
            }
            int lists = 0;
            for (Query query : queries) {
                if (query.values().size() > predicates.placeholders()) {
                    lists++;
                }
            }
            return lists * 2 > queries.size();
        }

        @Override
        public List<Finding> findings() {
            return tallies.values().stream().map(RepeatedQueryTally::finding).toList();
        }

        @Override
        public CheckCoverage coverage() {
            return new CheckCoverage(
                    ID, judged, couldNot, couldNot > 0 ? "statements were too long to tell apart" : null);
        }
    }

    /** What repeats are counted under. */
    private record Key(
            String operation,
            long shape,
            @Nullable String file,
            @Nullable String function,
            @Nullable String relation) {
        static Key of(RequestView view, QueryShape shape, @Nullable CallSite site) {
            return site == null
                    ? new Key(view.operation(), shape.id(), null, null, null)
                    : new Key(view.operation(), shape.id(), site.file(), site.function(), site.relation());
        }

        static boolean samePlace(@Nullable CallSite one, @Nullable CallSite other) {
            if (one == null || other == null) {
                return one == other;
            }
            return one == other
                    || one.line() == other.line()
                            && one.file().equals(other.file())
                            && one.function().equals(other.function())
                            && Objects.equals(one.relation(), other.relation());
        }
    }
}
