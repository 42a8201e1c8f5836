package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many statements one query's rows cause on one route, by least squares over its requests. For one thread.
 */
final class GrowthTally {
    private static final int MIN_REQUESTS = 3;

    /** Below this the rows do not explain the statements (coefficient of determination). */
    private static final double GOOD_FIT = 0.9;

    private final String operation;
    private final QueryShape source;
    private final Set<Long> fed = new HashSet<>();
    private @Nullable QueryShape example;
    private long count;
    private double sumRows;
    private double sumRowsSquared;
    private double sumRepeats;
    private double sumRepeatsSquared;
    private double sumProducts;
    private double sumNanos;
    private double sumOtherNanos;
    private double sumOtherStatements;
    private long mostRows;
    private long leastRows = Long.MAX_VALUE;

    GrowthTally(String operation, Feed feed) {
        this.operation = operation;
        source = feed.source();
    }

    String operation() {
        return operation;
    }

    QueryShape source() {
        return source;
    }

    void knows(Repeat repeat) {
        fed.add(repeat.shape().id());
        example = repeat.shape();
    }

    boolean isFed(long shape) {
        return fed.contains(shape);
    }

    void observe(long rows, long repeats, long nanos, long requestNanos, long statements) {
        count++;
        sumRows += rows;
        sumRowsSquared += (double) rows * rows;
        sumRepeats += repeats;
        sumRepeatsSquared += (double) repeats * repeats;
        sumProducts += (double) rows * repeats;
        sumNanos += nanos;
        sumOtherNanos += Math.max(0, requestNanos - nanos);
        sumOtherStatements += statements - repeats;
        mostRows = Math.max(mostRows, rows);
        leastRows = Math.min(leastRows, rows);
    }

    void addTo(List<Finding> findings, CheckContext context) {
        double slope = slope();
        Largest largest = largest(context.statistics());
        if (slope <= 0 || largest == null || example == null || largest.rows <= mostRows * 1.5) {
            return;
        }
        double repeats = slope * largest.rows;
        double statements = repeats + sumOtherStatements / count;
        double nanos = repeats * (sumNanos / sumRepeats) + sumOtherNanos / count;
        boolean over = nanos > context.timeLimitNanos();
        if (statements < 50 && !over) {
            return;
        }
        findings.add(new FindingDraft(GrowthCheck.ID, Evidence.LIKELY, Level.PROBLEM, operation)
                .shape(example)
                .shape(source)
                .identity(Long.toHexString(source.id()))
                .cost(count, Cost.ZERO)
                .explain(largest.text + ", give or take " + Words.percent(largest.uncertainty) + "; seen so far: "
                        + (leastRows == mostRows ? "" : leastRows + " to ") + mostRows)
                .explain(String.format(
                        Locale.ROOT,
                        "%.1f statements for each row, over %s",
                        slope,
                        Words.count(count, "request", "requests")))
                .detail("feedShape", Long.toHexString(source.id()))
                .detail("statementsPerRow", slope)
                .detail("largestRows", Math.round(largest.rows))
                .detail("uncertainty", largest.uncertainty)
                .detail("predictedStatements", Math.round(statements))
                .detail("predictedNanos", Math.round(nanos))
                .finding(
                        Remedy.LOAD_MANY_TOGETHER,
                        "at the largest it will run about " + Math.round(statements) + " statements and take about "
                                + Words.time(nanos)
                                + (over ? ", over the limit of " + Words.time(context.timeLimitNanos()) : "")));
    }

    /** Statements per row; 0 where the requests do not show it. */
    private double slope() {
        if (count < MIN_REQUESTS || sumRows == 0 || sumRepeats == 0) {
            return 0;
        }
        double rowsSpread = sumRowsSquared - sumRows * sumRows / count;
        double repeatsSpread = sumRepeatsSquared - sumRepeats * sumRepeats / count;
        if (rowsSpread < 1e-9) {
            // Always the same rows: the statements are explained only if they are a small whole number for each row.
            double ratio = sumRepeats / sumRows;
            return repeatsSpread < 1e-9 && ratio >= 1 && Math.abs(ratio - Math.rint(ratio)) < 0.01 ? ratio : 0;
        }
        double together = sumProducts - sumRows * sumRepeats / count;
        double fit = repeatsSpread == 0 ? 0 : together * together / (rowsSpread * repeatsSpread);
        return fit >= GOOD_FIT ? together / rowsSpread : 0;
    }

    private @Nullable Largest largest(DatabaseStatistics statistics) {
        String text = source.text();
        if (source.tables().isEmpty() || text.contains(" LIMIT ") || text.contains(" FETCH first ")) {
            return null;
        }
        Predicates predicates = Predicates.of(source);
        ColumnName grouped = null;
        for (int i = 0; i < predicates.placeholders(); i++) {
            ColumnName column = predicates.column(i, predicates.placeholders());
            if (column != null && column.table() != null) {
                grouped = grouped == null ? column : grouped;
            }
        }
        if (grouped == null || grouped.table() == null) {
            return predicates.placeholders() > 0 ? null : wholeTable(statistics);
        }
        long rows = statistics.rows(grouped.table());
        DatabaseStatistics.ColumnStatistics spread = statistics.column(grouped.table(), grouped.column());
        if (rows <= 0 || spread == null || spread.biggestShare() <= 0) {
            return null;
        }
        // The share is a binomial proportion of the rows that ANALYZE sampled; 1.96 standard deviations are 95%.
        double share = spread.biggestShare();
        double uncertainty =
                spread.sampledRows() > 0 ? 1.96 * Math.sqrt(share * (1 - share) / spread.sampledRows()) / share : 0.5;
        double size = share * rows;
        return new Largest(
                size,
                Math.max(0.01, Math.min(1, uncertainty)),
                "the largest group of " + grouped.table() + " by " + grouped.column() + " has about "
                        + Words.count(Math.round(size), "row", "rows"));
    }

    private @Nullable Largest wholeTable(DatabaseStatistics statistics) {
        String table = source.tables().get(0);
        long rows = statistics.rows(table);
        return rows <= 0 || source.tables().size() > 1
                ? null
                : new Largest(
                        rows,
                        0.1,
                        table + " has about " + Words.count(rows, "row", "rows") + ", all of which it reads");
    }

    private record Largest(double rows, double uncertainty, String text) {}
}
