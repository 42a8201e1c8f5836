package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds one INSERT, UPDATE or DELETE that a request runs row by row. Executions that are sent without waiting for the
 * answer to the one before (JDBC batches, pipelines) are batched already.
 */
public final class RepeatedWriteCheck implements Check {
    /** The check's name. */
    public static final String ID = "repeated-write";

    private static final int MIN_WRITES = 5;
    private static final int MANY_WRITES = 20;
    private static final long WORTHWHILE_NANOS = 50_000_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new TallyingRun<>(ID, RepeatedWriteCheck::judge, Tally::finding);
    }

    private static void judge(RequestView view, Tallies<Tally> tallies) {
        for (ShapeGroup group : view.groups()) {
            if (group.shape().kind().writes()
                    && group.count() >= MIN_WRITES
                    && !isPipelined(group.queries())
                    && !group.queries().isEmpty()) {
                add(view, group, tallies);
            }
        }
    }

    private static boolean isPipelined(List<Query> queries) {
        int overlapping = 0;
        for (int i = 1; i < queries.size(); i++) {
            // Whoever waits for an answer needs time to read it before sending the next.
            if (queries.get(i).startNanos() <= queries.get(i - 1).endNanos()) {
                overlapping++;
            }
        }
        return overlapping * 2 > queries.size();
    }

    private static void add(RequestView view, ShapeGroup group, Tallies<Tally> tallies) {
        Query first = group.queries().get(0);
        Tally tally = tallies.of(
                List.of(view.operation(), group.shape().id()),
                () -> new Tally(view.operation(), group.shape(), first.callSite()));
        if (tally == null) {
            return;
        }
        long nanos = group.foldedNanos();
        for (Query query : group.queries()) {
            nanos += query.nanos();
        }
        tally.requests++;
        tally.writes += group.count();
        tally.most = Math.max(tally.most, group.count());
        tally.nanos += nanos - first.nanos();
        tally.worthwhile += group.count() >= MANY_WRITES && nanos >= WORTHWHILE_NANOS ? 1 : 0;
    }

    private static final class Tally {
        private final String operation;
        private final QueryShape shape;
        private final @Nullable CallSite site;
        private long requests;
        private long writes;
        private long most;
        private long nanos;
        private long worthwhile;

        Tally(String operation, QueryShape shape, @Nullable CallSite site) {
            this.operation = operation;
            this.shape = shape;
            this.site = site;
        }

        Finding finding() {
            Level level = worthwhile * 2 >= requests ? Level.PROBLEM : Level.NOTE;
            return new FindingDraft(ID, Evidence.PROVEN, level, operation)
                    .shape(shape)
                    .at(site)
                    .cost(requests, new Cost(writes - requests, nanos, 0, 0))
                    .explain("each waits for the answer to the one before; the most in one request: " + most)
                    .detail("mostInOneRequest", most)
                    .finding(
                            Remedy.WRITE_TOGETHER,
                            "one write runs " + Math.round((double) writes / requests) + " times a request");
        }
    }
}
