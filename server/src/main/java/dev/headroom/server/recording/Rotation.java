package dev.headroom.server.recording;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a recording below its cap: the oldest detail goes first (of requests and of executions outside them), then the
 * oldest requests, samples and connections. Totals, counters and events stay. For one thread.
 */
final class Rotation {
    private static final int SLICE = 256;

    private final Database database;
    private final long pageBytes;
    private final long maxPages;
    private final Change oldestDetail;
    private final Change oldestOutside;
    private final Change oldestRequests;
    private final Change oldestBlocks;
    private final Change oldestConnections;
    private final Change oldestSamples;
    private final AtomicLong details = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong outside = new AtomicLong();

    Rotation(Database database, long maxBytes) throws SQLException {
        this.database = database;
        pageBytes = database.number("PRAGMA page_size");
        maxPages = maxBytes / pageBytes;
        oldestDetail = new Change(database, "DELETE FROM detail WHERE seq < ?");
        oldestOutside = new Change(database, "DELETE FROM outside_block WHERE seq < ?");
        oldestRequests = new Change(database, "DELETE FROM request WHERE seq < ?");
        oldestBlocks = new Change(database, "DELETE FROM request_block WHERE seq < ?");
        oldestConnections = new Change(database, "DELETE FROM connection WHERE seq < ?");
        oldestSamples = new Change(database, "DELETE FROM sample WHERE seq < ?");
    }

    /** Removes slices of the oldest, each in a transaction of its own, until the file has room again. */
    void makeRoom() throws SQLException {
        while (usedPages() > maxPages) {
            database.execute("BEGIN IMMEDIATE");
            try {
                boolean removed = removeDetail() || removeFacts();
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
                + " (SELECT seq FROM detail UNION ALL SELECT seq FROM outside_block) ORDER BY seq LIMIT " + SLICE
                + ")");
        if (limit == 0) {
            return false;
        }
        outside.addAndGet(database.number("SELECT coalesce(sum(queries), 0) FROM outside_block WHERE seq <= " + limit));
        details.addAndGet(oldestDetail.run(limit + 1));
        oldestOutside.run(limit + 1);
        return true;
    }

    private boolean removeFacts() throws SQLException {
        long limit = database.number("SELECT max(seq) FROM (SELECT seq FROM (SELECT seq FROM request"
                + " UNION ALL SELECT seq FROM request_block UNION ALL SELECT seq FROM connection"
                + " UNION ALL SELECT seq FROM sample) ORDER BY seq LIMIT " + SLICE + ")");
        if (limit == 0) {
            return false;
        }
        requests.addAndGet(
                database.number("SELECT coalesce(sum(requests), 0) FROM request_block WHERE seq <= " + limit));
        oldestBlocks.run(limit + 1);
        requests.addAndGet(oldestRequests.run(limit + 1));
        oldestConnections.run(limit + 1);
        oldestSamples.run(limit + 1);
        return true;
    }

    private void record() throws SQLException {
        database.execute("INSERT OR REPLACE INTO meta VALUES ('rotated.details', " + details
                + "), ('rotated.requests', " + requests + "), ('rotated.outside', " + outside + ")");
    }

    long details() {
        return details.get();
    }

    long requests() {
        return requests.get();
    }

    long outside() {
        return outside.get();
    }
}
