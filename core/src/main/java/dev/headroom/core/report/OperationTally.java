package dev.headroom.core.report;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;

/** Adds up the requests of one operation: times in a DDSketch of 1% relative accuracy. For one thread. */
final class OperationTally {
    private static final double ACCURACY = 0.01;
    private static final int MAX_BINS = 2_048;

    private final String operation;
    private final CountDistribution statements = new CountDistribution();
    private final CountDistribution rows = new CountDistribution();
    private final CountDistribution bytes = new CountDistribution();
    private final DDSketch nanos = DDSketches.logarithmicCollapsingLowestDense(ACCURACY, MAX_BINS);
    private long requests;
    private long failed;
    private long maxNanos;
    private long totalNanos;
    private long databaseNanos;

    OperationTally(String operation) {
        this.operation = operation;
    }

    void add(RequestTrace trace) {
        Request request = trace.request();
        requests++;
        if (request.status() >= 500
                || request.outcome() != Outcome.COMPLETED && request.outcome() != Outcome.UPGRADED) {
            failed++;
        }
        statements.add(trace.statements());
        long rowSum = 0;
        long byteSum = 0;
        long busy = 0;
        long busyUntil = Long.MIN_VALUE;
        for (Query query : trace.queries()) {
            if (!query.shape().kind().writes()) {
                rowSum += query.rows();
            }
            byteSum += query.bytes();
            if (query.endNanos() > busyUntil) {
                busy += query.endNanos() - Math.max(busyUntil, query.startNanos());
                busyUntil = query.endNanos();
            }
        }
        for (FoldedQueries more : trace.folded()) {
            rowSum += more.shape().kind().writes() ? 0 : more.rows();
            byteSum += more.bytes();
            busy += more.nanos();
        }
        rows.add(rowSum);
        bytes.add(byteSum);
        nanos.accept(request.nanos());
        maxNanos = Math.max(maxNanos, request.nanos());
        totalNanos += request.nanos();
        databaseNanos += Math.min(busy, request.nanos());
    }

    OperationSummary summary() {
        return new OperationSummary(
                operation,
                requests,
                failed,
                statements.median(),
                statements.max(),
                0,
                rows.median(),
                bytes.median(),
                quantile(0.5),
                quantile(0.95),
                maxNanos,
                totalNanos,
                databaseNanos);
    }

    /** The sketch's value may be off by its accuracy, and must not be above the slowest request's. */
    private long quantile(double share) {
        return Math.min(maxNanos, (long) nanos.getValueAtQuantile(share));
    }
}
