package dev.headroom.core.report;

/**
 * What the requests of one operation did.
 *
 * @param operation method and route
 * @param requests how many
 * @param failed those with a 5xx status or no complete response
 * @param statementsMedian statements of the median request
 * @param statementsMax statements of the request with the most
 * @param duplicatesPerRequest statements a request that had been answered before, on average
 * @param rowsMedian rows from the database in the median request
 * @param bytesMedian bytes from the database in the median request
 * @param p50Nanos half of the requests took at most this
 * @param p95Nanos 95% took at most this
 * @param maxNanos the slowest
 * @param totalNanos all together
 * @param databaseNanos time in which at least one statement ran, all together
 */
public record OperationSummary(
        String operation,
        long requests,
        long failed,
        long statementsMedian,
        long statementsMax,
        double duplicatesPerRequest,
        long rowsMedian,
        long bytesMedian,
        long p50Nanos,
        long p95Nanos,
        long maxNanos,
        long totalNanos,
        long databaseNanos) {
    public OperationSummary {
        if (requests <= 0) {
            throw new IllegalArgumentException("an operation has requests: " + requests);
        }
    }

    /** The share of the requests' time in which at least one statement ran, 0 to 1. */
    public double databaseShare() {
        return totalNanos == 0 ? 0 : Math.min(1, (double) databaseNanos / totalNanos);
    }

    OperationSummary withDuplicates(double perRequest) {
        return new OperationSummary(
                operation,
                requests,
                failed,
                statementsMedian,
                statementsMax,
                perRequest,
                rowsMedian,
                bytesMedian,
                p50Nanos,
                p95Nanos,
                maxNanos,
                totalNanos,
                databaseNanos);
    }
}
