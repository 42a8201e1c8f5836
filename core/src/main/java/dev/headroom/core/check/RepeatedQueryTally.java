package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One repeated query of one route, added up over its requests. For one thread. */
final class RepeatedQueryTally {
    /** Repeats that together take less than this, and are few, are a small cost. */
    private static final long SMALL_NANOS = 50_000_000;

    private static final int FEW = 10;

    /** So many requests of a route, of which only the first repeats a query, and it has filled a cache. */
    private static final int ENOUGH_REQUESTS = 4;

    private final String operation;
    private final QueryShape shape;
    private final @Nullable CallSite site;
    private long requests;
    private long lastOrdinal;
    private long repeats;
    private long most;
    private long nanos;
    private long rows;
    private long bytes;
    private long worthwhile;
    private long interleavedWrites;
    private long searched;
    private long proven;
    private long withValues;
    private @Nullable Feed feed;

    RepeatedQueryTally(String operation, QueryShape shape, @Nullable CallSite site) {
        this.operation = operation;
        this.shape = shape;
        this.site = site;
    }

    String operation() {
        return operation;
    }

    /** Adds one request's repeat; {@code ordinal} counts the requests of its route from 1. */
    void add(RequestView view, Repeat repeat, long ordinal) {
        requests++;
        lastOrdinal = ordinal;
        List<Query> distinct = repeat.distinct();
        long count = repeat.count();
        long time = repeat.foldedNanos();
        for (int i = 1; i < distinct.size(); i++) {
            Query query = distinct.get(i);
            time += query.nanos();
            rows += query.rows();
            bytes += query.bytes();
        }
        repeats += count;
        most = Math.max(most, count);
        nanos += time;
        withValues += repeat.valuesKnown() ? 1 : 0;
        worthwhile += count >= FEW || time >= SMALL_NANOS ? 1 : 0;
        interleavedWrites += writesBetween(view, distinct) ? 1 : 0;
        searched += repeat.searched() ? 1 : 0;
        Feed found = repeat.feed();
        if (found != null) {
            proven++;
            feed = feed == null || found.found() > feed.found() ? found : feed;
        }
    }

    /** A look-up before each write to the same table is a check for uniqueness, which no batch replaces. */
    private boolean writesBetween(RequestView view, List<Query> distinct) {
        int writes = 0;
        long from = distinct.get(0).startNanos();
        for (ShapeGroup group : view.groups()) {
            if (group.shape().kind().writes()
                    && shape.tables().stream().anyMatch(group.shape().tables()::contains)) {
                for (Query write : group.queries()) {
                    writes += write.startNanos() > from ? 1 : 0;
                }
            }
        }
        return writes * 2 >= distinct.size();
    }

    /** The finding; {@code ofRoute} is how many requests the route had, those without the repeat included. */
    Finding finding(long ofRoute) {
        boolean isProven = feed != null && proven * 2 >= searched;
        Evidence evidence = isProven ? Evidence.PROVEN : withValues > 0 ? Evidence.LIKELY : Evidence.HINT;
        boolean fillsCache = lastOrdinal == 1 && ofRoute >= ENOUGH_REQUESTS;
        Level level = worthwhile == 0 || fillsCache || interleavedWrites * 2 > requests ? Level.NOTE : Level.PROBLEM;
        Cost total = new Cost(repeats - requests, nanos, rows, bytes);
        long typical = Math.round((double) repeats / requests);
        List<String> explanation = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("timesPerRequest", typical);
        details.put("mostInOneRequest", most);
        if (feed != null && isProven) {
            describe(feed, explanation, details);
        } else if (withValues > 0) {
            explanation.add("other values each time; which query they come from is not proven");
        } else {
            explanation.add("the values were not captured, so that these may be duplicates");
        }
        if (interleavedWrites * 2 > requests) {
            explanation.add("each is followed by a write to the same table: it looks like a check before writing");
        } else if (fillsCache) {
            explanation.add("only in the first of " + ofRoute + " requests: it looks like a cache that was filled");
        } else if (level == Level.NOTE) {
            explanation.add("few and fast: a small cost");
        }
        return new Finding(
                FindingId.of(RepeatedQueryCheck.ID, operation, List.of(shape), site),
                RepeatedQueryCheck.ID,
                evidence,
                level,
                operation,
                List.of(shape),
                site,
                "one query runs " + typical + " times a request" + (most > typical ? " (up to " + most + ")" : ""),
                explanation,
                requests,
                total.dividedBy(requests),
                total,
                remedy(shape, isProven ? feed : null),
                List.of(),
                List.of(),
                details);
    }

    private static Remedy remedy(QueryShape shape, @Nullable Feed proven) {
        if (Aggregates.only(shape)) {
            return Remedy.AGGREGATE_TOGETHER;
        }
        if (proven == null || !KeyRelation.isOwnKey(proven.target())) {
            return Remedy.LOAD_MANY_TOGETHER;
        }
        return proven.column().equals(proven.target()) ? Remedy.LOAD_BY_KEYS : Remedy.LOAD_ONE_TOGETHER;
    }

    private static void describe(Feed feed, List<String> explanation, Map<String, Object> details) {
        String from = feed.oneQuery() ? "one earlier query" : "earlier queries";
        explanation.add(feed.target().text() + " is asked for with " + feed.found() + " of " + feed.values()
                + " values that " + from + " returned as " + feed.column().text());
        explanation.add(RepeatedQueryCheck.FED_BY + feed.source().text());
        details.put("feedColumn", feed.column().text());
        details.put("feedShape", Long.toHexString(feed.source().id()));
        details.put("feedValues", feed.values());
        details.put("targetColumn", feed.target().text());
    }
}
