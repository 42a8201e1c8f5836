package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RequestTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the repeats of requests, and what feeds them. The search for the feed is the dear part: after enough of them
 * for one repeat, one request in sixteen is searched. For one thread.
 */
final class RepeatFinder {
    /** Fewer different values than this in a request are not called a repeat. */
    static final int MIN_REPEATS = 5;

    private static final int ENOUGH_SEARCHES = 16;
    private static final int MAX_COUNTED = 10_000;

    private final FeedSearch feeds;
    private final Map<Repeat.Key, Integer> searches = new HashMap<>();

    RepeatFinder(DatabaseStatistics statistics) {
        feeds = new FeedSearch(statistics);
    }

    /** The repeats of {@code trace}, whose statements are in {@code groups}; those of truncated shapes left out. */
    List<Repeat> find(RequestTrace trace, Iterable<ShapeGroup> groups) {
        List<Repeat> repeats = null;
        for (ShapeGroup group : groups) {
            if (group.count() >= MIN_REPEATS
                    && isLookup(group.shape())
                    && !SystemCatalogue.only(group.shape())
                    && !group.shape().truncated()) {
                repeats = repeats == null ? new ArrayList<>() : repeats;
                bySite(trace, group, repeats);
            }
        }
        return repeats == null ? List.of() : repeats;
    }

    static boolean isLookup(QueryShape shape) {
        return switch (shape.kind()) {
            case SELECT -> !shape.tables().isEmpty();
            case OTHER -> shape.text().startsWith("EXECUTE ");
            default -> false;
        };
    }

    /** The same statement from two places can be two relations. */
    private void bySite(RequestTrace trace, ShapeGroup group, List<Repeat> repeats) {
        CallSite first =
                group.queries().isEmpty() ? null : group.queries().get(0).callSite();
        boolean one = true;
        for (Query query : group.queries()) {
            one &= Repeat.Key.samePlace(query.callSite(), first);
        }
        if (one) {
            add(trace, group.shape(), first, group.queries(), group.folded(), group.foldedNanos(), repeats);
            return;
        }
        Map<Repeat.Key, List<Query>> sites = new LinkedHashMap<>();
        for (Query query : group.queries()) {
            sites.computeIfAbsent(Repeat.Key.of("", group.shape(), query.callSite()), key -> new ArrayList<>())
                    .add(query);
        }
        for (List<Query> queries : sites.values()) {
            add(trace, group.shape(), queries.get(0).callSite(), queries, 0, 0, repeats);
        }
    }

    private void add(
            RequestTrace trace,
            QueryShape shape,
            @Nullable CallSite site,
            List<Query> queries,
            long folded,
            long foldedNanos,
            List<Repeat> repeats) {
        List<Query> distinct = distinct(queries);
        if (distinct.size() < MIN_REPEATS || isBatch(shape, distinct) || Pipelining.isBatch(queries)) {
            return;
        }
        boolean valuesKnown =
                distinct.get(0).valuesComplete() && distinct.get(0).values().size() > 0;
        boolean search = valuesKnown && isDue(Repeat.Key.of(trace.request().operation(), shape, site));
        Feed feed = search ? feeds.find(trace.queries(), distinct) : null;
        repeats.add(new Repeat(shape, site, distinct, folded, foldedNanos, valuesKnown, search, feed));
    }

    private boolean isDue(Repeat.Key key) {
        if (searches.size() >= MAX_COUNTED) {
            searches.clear();
        }
        int count = searches.merge(key, 1, Integer::sum);
        return count <= ENOUGH_SEARCHES || count % 16 == 0;
    }

    /** The first execution with each set of values. */
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

    /**
     * Each execution asks for many values at once: that is the fix, not the problem. A list that is the same each time
     * ({@code kind IN ('a', 'b') AND user_id = 7}) is none of that kind.
     */
    private boolean isBatch(QueryShape shape, List<Query> queries) {
        if (shape.text().contains("= ANY (")) {
            return true;
        }
        Predicates predicates = feeds.predicates(shape);
        int inLists = predicates.placeholdersInLists();
        if (inLists == 0) {
            return false;
        }
        int lists = 0;
        for (Query query : queries) {
            if (query.values().size() > predicates.placeholders()) {
                lists++;
            }
        }
        return lists * 2 > queries.size() && varying(queries) > predicates.placeholders() - inLists;
    }

    /** How many of the values are not the same in all queries; all, where their number differs. */
    private static int varying(List<Query> queries) {
        Digests first = queries.get(0).values();
        boolean[] varies = new boolean[first.size()];
        for (Query query : queries) {
            Digests values = query.values();
            if (values.size() != first.size()) {
                return Integer.MAX_VALUE;
            }
            for (int i = 0; i < varies.length; i++) {
                varies[i] |= values.get(i) != first.get(i);
            }
        }
        int count = 0;
        for (boolean one : varies) {
            count += one ? 1 : 0;
        }
        return count;
    }
}
