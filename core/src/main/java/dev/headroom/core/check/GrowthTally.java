package dev.headroom.core.check;

import dev.headroom.core.trace.QueryShape;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    /** Shapes that the rows feed, by id, and whether each only counts: told once, not in every request. */
    private final Map<Long, Boolean> fed = new HashMap<>();

    private @Nullable QueryShape example;
    private final LeastSquares repeatsByRows = new LeastSquares();
    private final LeastSquares statementsByRows = new LeastSquares();
    private final RequestTimes times = new RequestTimes();
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
        boolean counts = fed.computeIfAbsent(repeat.shape().id(), id -> Aggregates.only(repeat.shape()));
        // one that loads rows rather than one that counts them: what helps the first helps the other
        if (example == null || !counts) {
            example = repeat.shape();
        }
    }

    boolean isFed(long shape) {
        return fed.containsKey(shape);
    }

    void observe(long rows, long repeats, long nanos, long requestNanos, long statements) {
        repeatsByRows.add(rows, repeats);
        statementsByRows.add(rows, statements);
        times.add(rows, repeats, nanos, requestNanos);
        mostRows = Math.max(mostRows, rows);
        leastRows = Math.min(leastRows, rows);
    }

    void addTo(List<Finding> findings, CheckContext context) {
        double repeatsOfRow = repeatsOfRow();
        Largest largest = largest(context.statistics());
        if (repeatsOfRow <= 0 || largest == null || example == null || largest.rows <= mostRows * 1.5) {
            return;
        }
        double repeats = repeatsOfRow * largest.rows;
        double slope = statementsOfRow(repeatsOfRow);
        double statements = statementsByRows.meanY() + slope * (largest.rows - statementsByRows.meanX());
        long count = statementsByRows.count();
        RequestTimes.Range time = times.at(largest.rows, repeats, largest.uncertainty);
        boolean over = time.most() > context.timeLimitNanos();
        if (statements < 50 && !over) {
            return;
        }
        String limit = "the limit of " + Words.time(context.timeLimitNanos());
        String verdict =
                !over ? "" : time.least() > context.timeLimitNanos() ? ", over " + limit : ", maybe over " + limit;
        findings.add(new FindingDraft(GrowthCheck.ID, Evidence.LIKELY, Level.PROBLEM, operation)
                .shape(example)
                .shape(source)
                .identity(Long.toHexString(source.id()))
                .cost(count, Cost.ZERO)
                .explain("the number of rows, and of statements, give or take " + Words.percent(largest.uncertainty)
                        + "; seen so far: " + (leastRows == mostRows ? "" : leastRows + " to ") + mostRows + " rows")
                .explain(String.format(
                        Locale.ROOT,
                        "%.1f statements for each row, over %s; the least time if nothing but the statements grows,"
                                + " the most if all of the request does",
                        slope,
                        Words.count(count, "request", "requests")))
                .detail("feedShape", Long.toHexString(source.id()))
                .detail("statementsPerRow", slope)
                .detail("largestRows", Math.round(largest.rows))
                .detail("uncertainty", largest.uncertainty)
                .detail("predictedStatements", Math.round(statements))
                .detail("predictedNanos", Math.round((time.least() + time.most()) / 2))
                .detail("predictedLeastNanos", Math.round(time.least()))
                .detail("predictedMostNanos", Math.round(time.most()))
                .finding(
                        Aggregates.only(example) ? Remedy.AGGREGATE_TOGETHER : Remedy.LOAD_MANY_TOGETHER,
                        largest.text + ": this request will run about "
                                + Words.count(Math.round(statements), "statement", "statements") + " and take "
                                + time.text() + verdict));
    }

    /** Repeats per row; 0 where the requests do not show it. */
    private double repeatsOfRow() {
        if (repeatsByRows.count() < MIN_REQUESTS || repeatsByRows.sumX() == 0 || repeatsByRows.sumY() == 0) {
            return 0;
        }
        if (repeatsByRows.xIsConstant()) {
            // Always the same rows: the statements are explained only if they are a small whole number for each row.
            double ratio = repeatsByRows.sumY() / repeatsByRows.sumX();
            return repeatsByRows.yIsConstant() && ratio >= 1 && Math.abs(ratio - Math.rint(ratio)) < 0.01 ? ratio : 0;
        }
        return repeatsByRows.fit() >= GOOD_FIT ? repeatsByRows.slope() : 0;
    }

    /** All statements per row: the repeats, and what they feed in turn, where the requests show that it grows as well. */
    private double statementsOfRow(double repeatsOfRow) {
        boolean told = !statementsByRows.xIsConstant() && statementsByRows.fit() >= GOOD_FIT;
        return told ? Math.max(repeatsOfRow, statementsByRows.slope()) : repeatsOfRow;
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
                "your largest " + noun(grouped.column()) + " has about " + Words.count(Math.round(size), "row", "rows")
                        + " of " + grouped.table());
    }

    /** {@code company} for {@code company_id}: what rows that share a value belong to. */
    private static String noun(String column) {
        String bare = column.endsWith("_id") ? column.substring(0, column.length() - "_id".length()) : column;
        return bare.isEmpty() ? column : bare.replace('_', ' ');
    }

    private @Nullable Largest wholeTable(DatabaseStatistics statistics) {
        String table = source.tables().get(0);
        long rows = statistics.rows(table);
        return rows <= 0 || source.tables().size() > 1
                ? null
                : new Largest(
                        rows,
                        0.1,
                        table + " has about " + Words.count(rows, "row", "rows") + ", all of which are read");
    }

    private record Largest(double rows, double uncertainty, String text) {}
}
