package dev.headroom.core.report;

import dev.headroom.core.trace.Query;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups the statements of a command that serves no request by transaction, in bounded memory. For one thread. */
final class JobTally {
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int MAX_GROUPS = 200;
    private static final int MAX_SHAPES = 10_000;
    private static final String OTHER = "(other transactions)";

    /** The transaction that each connection is in. */
    private final Map<Long, OpenTransaction> open = new LinkedHashMap<>();

    private final Map<String, GroupTally> groups = new HashMap<>();
    private final TransactionTally outside = new TransactionTally();
    private final Set<Long> shapes = new HashSet<>();
    private long lastShape;

    void add(Query query) {
        long transaction = query.transactionId();
        // no look-up where there is nothing, which would be an object for each of very many
        OpenTransaction before = open.isEmpty() ? null : open.get(query.connectionId());
        if (before != null && before.id() != transaction) {
            // the proxy saw where one ended: what runs on the connection next is of another, or of none
            open.remove(query.connectionId());
            add(groups, before.tally());
        }
        if (query.shape().control()) {
            return;
        }
        if ((query.shape().id() != lastShape || shapes.isEmpty()) && shapes.size() < MAX_SHAPES) {
            lastShape = query.shape().id();
            shapes.add(lastShape);
        }
        if (transaction == 0) {
            outside.add(query);
            return;
        }
        open.computeIfAbsent(
                        query.connectionId(), connection -> new OpenTransaction(transaction, new TransactionTally()))
                .tally()
                .add(query);
        if (open.size() > MAX_CONNECTIONS) {
            Iterator<OpenTransaction> eldest = open.values().iterator();
            add(groups, eldest.next().tally());
            eldest.remove();
        }
    }

    /** What was seen so far, transactions that are still open included; null where nothing ran. */
    @Nullable
    JobSummary summary() {
        Map<String, GroupTally> all = new HashMap<>();
        groups.forEach((begins, group) -> all.put(begins, group.copy()));
        for (OpenTransaction unfinished : open.values()) {
            add(all, unfinished.tally());
        }
        List<TransactionGroup> summaries = new ArrayList<>();
        all.forEach((begins, group) -> summaries.add(group.summary(begins)));
        if (outside.statements() > 0) {
            TransactionTally.Repeated most = outside.mostRepeated();
            summaries.add(new TransactionGroup(
                    "", 0, outside.statements(), 0, 0, outside.nanos(), most.text(), most.times()));
        }
        if (summaries.isEmpty()) {
            return null;
        }
        summaries.sort(
                Comparator.comparingLong(TransactionGroup::nanos).reversed().thenComparing(TransactionGroup::begins));
        long statements = 0;
        long transactions = 0;
        long nanos = 0;
        for (TransactionGroup group : summaries) {
            statements += group.statements();
            transactions += group.times();
            nanos += group.nanos();
        }
        return new JobSummary(statements, shapes.size(), transactions, nanos, summaries);
    }

    private static void add(Map<String, GroupTally> groups, TransactionTally transaction) {
        boolean room = groups.size() < MAX_GROUPS || groups.containsKey(transaction.begins());
        groups.computeIfAbsent(room ? transaction.begins() : OTHER, begins -> new GroupTally())
                .add(transaction);
    }

    /**
     * A transaction of which no end was seen yet.
     *
     * @param id the proxy's number of it
     * @param tally its statements
     */
    private record OpenTransaction(long id, TransactionTally tally) {}

    /** Adds up the transactions of one group. */
    private static final class GroupTally {
        private CountDistribution sizes = new CountDistribution();
        private long times;
        private long statements;
        private long nanos;
        private TransactionTally.Repeated most = TransactionTally.Repeated.NONE;

        void add(TransactionTally transaction) {
            sizes.add(transaction.statements());
            times++;
            statements += transaction.statements();
            nanos += transaction.nanos();
            most = most.orMore(transaction.mostRepeated());
        }

        GroupTally copy() {
            GroupTally copy = new GroupTally();
            copy.sizes = sizes.copy();
            copy.times = times;
            copy.statements = statements;
            copy.nanos = nanos;
            copy.most = most;
            return copy;
        }

        TransactionGroup summary(String begins) {
            return new TransactionGroup(
                    begins, times, statements, sizes.median(), sizes.max(), nanos, most.text(), most.times());
        }
    }
}
