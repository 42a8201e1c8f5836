package dev.headroom.server.recording;

import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of requests. */
final class StoredRequests {
    /** A request with its route and, where it still has one, its detail. */
    static final String SELECT =
            "SELECT r.seq, r.id, t.method, t.route, r.path, r.status, r.start_nanos, r.queue_nanos, r.sent,"
                    + " r.first_byte, r.end, r.work_end, r.bytes_in, r.bytes_out, r.in_flight, r.flags, r.outcome,"
                    + " r.summary, d.body FROM request r JOIN route t ON t.number = r.route"
                    + " LEFT JOIN detail d ON d.seq = r.seq";

    private static final int SUMMARY = 18;
    private static final int BODY = 19;

    private StoredRequests() {}

    /** The request with this id; null where the recording has none. */
    static @Nullable RequestTrace byId(Database database, long id, Interned.Entries entries) throws SQLException {
        try (PreparedStatement statement = database.prepare(SELECT + " WHERE r.id = ?")) {
            statement.setLong(1, id);
            try (ResultSet result = statement.executeQuery()) {
                if (result.next()) {
                    return read(new Row(result), entries);
                }
            }
        }
        return database.has("request_block") ? inBlock(database, id) : null;
    }

    private static @Nullable RequestTrace inBlock(Database database, long id) throws SQLException {
        String sql = "SELECT body FROM request_block WHERE first_id <= ?1 AND last_id >= ?1";
        try (PreparedStatement statement = database.prepare(sql)) {
            statement.setLong(1, id);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    for (RequestTrace each : BlockDecoder.requests(new Row(result).bytes(1))) {
                        if (each.request().id() == id) {
                            return each;
                        }
                    }
                }
                return null;
            }
        }
    }

    /** The number of the last row that holds requests; 0 where there is none. */
    static long last(Database database) throws SQLException {
        long inBlocks = database.has("request_block") ? database.number("SELECT max(seq) FROM request_block") : 0;
        return Math.max(database.number("SELECT max(seq) FROM request"), inBlocks);
    }

    /** How many requests there are. */
    static long count(Database database) throws SQLException {
        long inBlocks = database.has("request_block") ? database.number("SELECT sum(requests) FROM request_block") : 0;
        return database.number("SELECT count(*) FROM request") + inBlocks;
    }

    /** The request with its queries; with its counts by shape alone where its detail was rotated away. */
    static RequestTrace read(Row row, Interned.Entries entries) throws SQLException {
        Request request = request(row);
        byte[] body = row.bytesOrNull(BODY);
        if (body != null) {
            return BodyDecoder.request(request, body, entries);
        }
        boolean read = (row.integer(16) & RequestFlags.RESPONSE_READ) != 0;
        boolean separate = (row.integer(16) & RequestFlags.RESPONSE_SEPARATE) != 0;
        return new RequestTrace(
                request,
                List.of(),
                BodyDecoder.summary(row.bytes(SUMMARY), entries),
                new ResponseValues(Digests.NONE, read, separate));
    }

    private static Request request(Row row) throws SQLException {
        long start = row.number(7);
        try {
            return new Request(
                    row.number(2),
                    row.text(3),
                    row.text(5),
                    row.text(4),
                    row.integer(6),
                    start,
                    row.number(8),
                    row.offset(9, start),
                    row.offset(10, start),
                    row.offset(11, start),
                    row.offset(12, start),
                    row.number(13),
                    row.number(14),
                    row.integer(15),
                    (row.integer(16) & RequestFlags.STREAMING) != 0,
                    row.constant(17, Outcome.class));
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible request (" + e.getMessage() + ")");
        }
    }
}
