package dev.headroom.core.capture;

/**
 * The estimated bytes that all requests in flight may keep together. Past three quarters of it columns are left out, past the
 * whole of it queries are folded into counts. Owned by one thread.
 */
final class DetailBudget {
    private final long limitBytes;
    private long usedBytes;

    DetailBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** Takes room for columns and values, if there is. */
    boolean takeDetail(long bytes) {
        return take(bytes, limitBytes / 4 * 3);
    }

    /** Takes room for a query's own record, if there is. */
    boolean takeRecord(long bytes) {
        return take(bytes, limitBytes);
    }

    void give(long bytes) {
        usedBytes -= bytes;
    }

    private boolean take(long bytes, long limit) {
        if (usedBytes + bytes > limit) {
            return false;
        }
        usedBytes += bytes;
        return true;
    }
}
