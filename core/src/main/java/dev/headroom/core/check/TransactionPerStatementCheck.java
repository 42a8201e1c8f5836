package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import java.util.HashMap;
import java.util.Map;

/** Finds requests that open a transaction for each single statement: two more round trips each, and a flush per write. */
public final class TransactionPerStatementCheck implements Check {
    /** The check's name. */
    public static final String ID = "transaction-per-statement";

    private static final int MIN_TRANSACTIONS = 5;
    private static final int MANY_TRANSACTIONS = 20;
    private static final long WORTHWHILE_NANOS = 50_000_000;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public CheckRun start(CheckContext context) {
        return new TallyingRun<>(ID, TransactionPerStatementCheck::judge, Tally::finding);
    }

    private static void judge(RequestView view, Tallies<Tally> tallies) {
        Map<Long, long[]> transactions = new HashMap<>(4);
        for (Query query : view.trace().queries()) {
            if (query.transactionId() != 0) {
                long[] counts = transactions.computeIfAbsent(query.transactionId(), id -> new long[3]);
                if (query.shape().control()) {
                    counts[1]++;
                    counts[2] += query.nanos();
                } else {
                    counts[0]++;
                }
            }
        }
        long single = 0;
        long control = 0;
        long nanos = 0;
        for (long[] counts : transactions.values()) {
            if (counts[0] == 1) {
                single++;
                control += counts[1];
                nanos += counts[2];
            }
        }
        if (single >= MIN_TRANSACTIONS && single * 2 > transactions.size()) {
            Tally tally = tallies.of(view.operation(), () -> new Tally(view.operation()));
            if (tally != null) {
                tally.add(single, control, nanos);
            }
        }
    }

    private static final class Tally {
        private final String operation;
        private long requests;
        private long single;
        private long control;
        private long nanos;
        private long worthwhile;

        Tally(String operation) {
            this.operation = operation;
        }

        void add(long transactions, long controlStatements, long controlNanos) {
            requests++;
            single += transactions;
            control += controlStatements;
            nanos += controlNanos;
            worthwhile += transactions >= MANY_TRANSACTIONS || controlNanos >= WORTHWHILE_NANOS ? 1 : 0;
        }

        Finding finding() {
            Level level = worthwhile * 2 >= requests ? Level.PROBLEM : Level.NOTE;
            return new FindingDraft(ID, Evidence.PROVEN, level, operation)
                    .identity("")
                    .cost(requests, new Cost(0, nanos, 0, 0))
                    .explain(Words.count(control / requests, "BEGIN or COMMIT", "BEGINs and COMMITs")
                            + " a request, which are not among its statements")
                    .detail("transactionsPerRequest", single / requests)
                    .finding(
                            Remedy.ONE_TRANSACTION,
                            Words.count(single / requests, "transaction", "transactions")
                                    + " a request, each for one statement");
        }
    }
}
