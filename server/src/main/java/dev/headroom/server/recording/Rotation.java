package dev.headroom.server.recording;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Keeps a recording below its cap: the oldest detail goes first (of requests and of executions outside them), then the
 * oldest requests, samples and connections. Totals, counters and events stay. For one thread.
 */
final class Rotation {
    private static final int SLICE = 256;

    private final Database database;
    private final long pageBytes;
    private final long maxPages;
    private final PreparedStatement oldestDetail;
    private final PreparedStatement oldestOutside;
    private final PreparedStatement countOutside;
    private final PreparedStatement oldestRequests;
    private volatile long details;
    private volatile long requests;
    private volatile long outside;

    Rotation(Database database, long maxBytes) throws SQLException {
        this.database = database;
        pageBytes = database.number("PRAGMA page_size");
        maxPages = maxBytes / pageBytes;
        oldestDetail = database.prepare("DELETE FROM detail WHERE seq < ?");
        countOutside = database.prepare("SELECT coalesce(sum(queries), 0) FROM outside WHERE seq < ?");
        oldestOutside = database.prepare("DELETE FROM outside WHERE seq < ?");
        oldestRequests = database.prepare(
                "DELETE FROM request WHERE seq IN (SELECT seq FROM request ORDER BY seq LIMIT " + SLICE + ")");
    }

    /** Removes slices of the oldest, each in a transaction of its own, until the file has room again. */
    void makeRoom() throws SQLException {
        while (usedPages() > maxPages) {
            database.execute("BEGIN IMMEDIATE");
            try {
                boolean removed = removeDetail() || removeRequests();
                record();
                database.execute("COMMIT");
                if (!removed) {
                    return;
                }
            } catch (SQLException e) {
                database.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private long usedPages() throws SQLException {
        return database.number("PRAGMA page_count") - database.number("PRAGMA freelist_count");
    }

    private boolean removeDetail() throws SQLException {
        long limit = database.number("SELECT max(seq) FROM (SELECT seq FROM"
                + " (SELECT seq FROM detail UNION ALL SELECT seq FROM outside) ORDER BY seq LIMIT " + SLICE + ")");
        if (limit == 0) {
            return false;
        }
        countOutside.setLong(1, limit + 1);
        try (var result = countOutside.executeQuery()) {
            outside += result.next() ? result.getLong(1) : 0;
        }
        details += Database.run(oldestDetail, limit + 1);
        Database.run(oldestOutside, limit + 1);
        return true;
    }

    private boolean removeRequests() throws SQLException {
        int removed = oldestRequests.executeUpdate();
        requests += removed;
        return removed > 0;
    }

    private void record() throws SQLException {
        database.execute("INSERT OR REPLACE INTO meta VALUES ('rotated.details', " + details
                + "), ('rotated.requests', " + requests + "), ('rotated.outside', " + outside + ")");
    }

    long details() {
        return details;
    }

    long requests() {
        return requests;
    }

    long outside() {
        return outside;
    }
}
