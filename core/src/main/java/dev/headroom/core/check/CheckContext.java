package dev.headroom.core.check;

/**
 * What checks may know besides the traces.
 *
 * @param statistics what the database knows about its tables
 * @param timeLimitNanos when the router in front of the app gives up on a request
 */
public record CheckContext(DatabaseStatistics statistics, long timeLimitNanos) {
    /** No database statistics, and Heroku's 30 seconds. */
    public static final CheckContext DEFAULT = new CheckContext(DatabaseStatistics.NONE, 30_000_000_000L);

    public CheckContext {
        if (timeLimitNanos <= 0) {
            throw new IllegalArgumentException("the time limit must be positive: " + timeLimitNanos);
        }
    }
}
