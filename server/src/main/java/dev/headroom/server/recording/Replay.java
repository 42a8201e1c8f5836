package dev.headroom.server.recording;

import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.TraceSink;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** Tells a sink all rows of a recording in the order in which they were written, one at a time. */
final class Replay implements AutoCloseable {
    private interface Tell {
        void tell(Row row, TraceSink sink) throws SQLException;
    }

    /** The rows of one table, whose first column is their place among the rows of all. */
    private record Source(Statement statement, ResultSet rows, Tell tell) {
        boolean advance() throws SQLException {
            return rows.next();
        }

        long sequence() throws SQLException {
            return rows.getLong(1);
        }
    }

    private final StoredEntries entries;
    private final List<Source> sources = new ArrayList<>();
    private LongPredicate within = nanos -> true;
    private long last;

    private Replay(StoredEntries entries, long last) {
        this.entries = entries;
        this.last = last;
    }

    /** All rows after the one numbered {@code after}; 0 for all. */
    Replay(Database database, StoredEntries entries, long after) throws SQLException {
        this(entries, after);
        String later = "seq > " + after + " ORDER BY ";
        add(database, StoredRequests.SELECT + " WHERE r." + later + "r.seq", this::request);
        add(database, "SELECT seq, start_nanos, body FROM outside WHERE " + later + "seq", this::outside);
        add(database, "SELECT * FROM connection WHERE " + later + "seq", Replay::connection);
        add(database, "SELECT * FROM event WHERE " + later + "seq", Replay::event);
        add(database, "SELECT * FROM database_facts WHERE " + later + "seq", Replay::databaseFacts);
        add(database, "SELECT * FROM orm_facts WHERE " + later + "seq", Replay::ormFacts);
        add(database, "SELECT * FROM sample WHERE " + later + "seq", Replay::sample);
        if (database.has("request_block")) {
            add(database, "SELECT seq, body FROM request_block WHERE " + later + "seq", this::requests);
        }
        if (database.has("outside_block")) {
            add(database, "SELECT seq, body FROM outside_block WHERE " + later + "seq", this::outsideBlock);
        }
        if (database.has("jvm_sample")) {
            add(database, "SELECT * FROM jvm_sample WHERE " + later + "seq", Replay::jvmSample);
        }
    }

    /**
     * What happened in a time, by its start: of the rows after the one numbered {@code after}. What the database and the
     * ORM told holds for all of the run. Without samples.
     */
    static Replay between(Database database, StoredEntries entries, long after, long fromNanos, long toNanos)
            throws SQLException {
        Replay replay = new Replay(entries, after);
        String inTime = " BETWEEN " + fromNanos + " AND " + toNanos;
        replay.within = nanos -> nanos >= fromNanos && nanos <= toNanos;
        String later = "seq > " + after + " ORDER BY ";
        replay.add(database, "SELECT * FROM database_facts WHERE " + later + "seq", Replay::databaseFacts);
        replay.add(database, "SELECT * FROM orm_facts WHERE " + later + "seq", Replay::ormFacts);
        replay.add(
                database,
                StoredRequests.SELECT + " WHERE r.start_nanos" + inTime + " AND r." + later + "r.seq",
                replay::request);
        if (database.has("request_block")) {
            String overlaps = "first_start <= " + toNanos + " AND last_start >= " + fromNanos + " AND ";
            replay.add(
                    database,
                    "SELECT seq, body FROM request_block WHERE " + overlaps + later + "seq",
                    replay::requests);
        }
        if (database.has("outside_block")) {
            String overlaps = "first_start <= " + toNanos + " AND last_start >= " + fromNanos + " AND ";
            replay.add(
                    database,
                    "SELECT seq, body FROM outside_block WHERE " + overlaps + later + "seq",
                    replay::outsideBlock);
        }
        // a row holds several, the first of which started then
        replay.add(
                database,
                "SELECT seq, start_nanos, body FROM outside WHERE start_nanos <= " + toNanos + " AND " + later + "seq",
                replay::outside);
        replay.add(
                database,
                "SELECT * FROM connection WHERE (opened_nanos" + inTime + " OR closed_nanos" + inTime + ") AND " + later
                        + "seq",
                Replay::connection);
        replay.add(database, "SELECT * FROM event WHERE nanos" + inTime + " AND " + later + "seq", Replay::event);
        return replay;
    }

    /** The requests with statements and the queries outside of requests in the rows from {@code first} to {@code last}. */
    static Replay rows(Database database, StoredEntries entries, long first, long last) throws SQLException {
        Replay replay = new Replay(entries, first);
        String range = "seq BETWEEN " + first + " AND " + last + " ORDER BY ";
        replay.add(database, StoredRequests.SELECT + " WHERE r." + range + "r.seq", replay::request);
        replay.add(database, "SELECT seq, start_nanos, body FROM outside WHERE " + range + "seq", replay::outside);
        if (database.has("outside_block")) {
            replay.add(database, "SELECT seq, body FROM outside_block WHERE " + range + "seq", replay::outsideBlock);
        }
        return replay;
    }

    /** The number of the last row that was told. */
    long last() {
        return last;
    }

    private void add(Database database, String sql, Tell tell) throws SQLException {
        Statement statement = database.connection().createStatement();
        sources.add(new Source(statement, statement.executeQuery(sql), tell));
    }

    void into(TraceSink sink) throws SQLException {
        into(sink, () -> true);
    }

    /**
     * Tells the rows for as long as {@code goOn} says so.
     *
     * @return whether all of them were told
     */
    boolean into(TraceSink sink, BooleanSupplier goOn) throws SQLException {
        RowSink numbered = sink instanceof RowSink rows ? rows : null;
        List<Source> left = new ArrayList<>();
        for (Source each : sources) {
            if (each.advance()) {
                left.add(each);
            }
        }
        while (!left.isEmpty()) {
            Source first = left.get(0);
            for (Source each : left) {
                if (each.sequence() < first.sequence()) {
                    first = each;
                }
            }
            if (!goOn.getAsBoolean()) {
                return false;
            }
            last = first.sequence();
            if (numbered != null) {
                numbered.row(last);
            }
            first.tell().tell(new Row(first.rows()), sink);
            if (!first.advance()) {
                left.remove(first);
            }
        }
        return true;
    }

    private void request(Row row, TraceSink sink) throws SQLException {
        sink.request(StoredRequests.read(row, entries));
    }

    private void requests(Row row, TraceSink sink) throws SQLException {
        for (RequestTrace each : BlockDecoder.requests(row.bytes(2))) {
            if (within.test(each.request().startNanos())) {
                sink.request(each);
            }
        }
    }

    private void outside(Row row, TraceSink sink) throws SQLException {
        outside(BodyDecoder.outside(row.bytes(3), row.number(2), entries), sink);
    }

    private void outsideBlock(Row row, TraceSink sink) throws SQLException {
        outside(OutsideDecoder.queries(row.bytes(2), entries), sink);
    }

    private void outside(List<Query> queries, TraceSink sink) {
        for (Query query : queries) {
            if (within.test(query.startNanos())) {
                sink.outside(query);
            }
        }
    }

    private static void connection(Row row, TraceSink sink) throws SQLException {
        try {
            sink.connection(new Connection(row.number(2), row.integer(3), row.number(4), row.number(5), row.number(6)));
        } catch (IllegalArgumentException e) {
            throw BinaryInput.damaged("an impossible connection (" + e.getMessage() + ")");
        }
    }

    private static void event(Row row, TraceSink sink) throws SQLException {
        sink.event(new Event(row.number(2), row.constant(3, Event.Kind.class), row.number(4), row.text(5)));
    }

    private static void databaseFacts(Row row, TraceSink sink) throws SQLException {
        sink.database(DatabaseFactsJson.read(row.text(2)));
    }

    private static void ormFacts(Row row, TraceSink sink) throws SQLException {
        sink.orm(OrmFactsJson.read(row.text(2)));
    }

    private static void sample(Row row, TraceSink sink) throws SQLException {
        sink.sample(new MemorySample(
                row.number(2),
                row.number(3),
                row.number(4),
                row.number(5),
                row.integer(6),
                row.integer(7),
                row.integer(8),
                row.number(9),
                row.number(10),
                row.number(11),
                row.number(12),
                row.number(13)));
    }

    private static void jvmSample(Row row, TraceSink sink) throws SQLException {
        sink.jvm(new JvmSample(
                row.number(2),
                row.number(3),
                row.figure(4),
                row.figure(5),
                row.figure(6),
                row.figure(7),
                row.figure(8),
                row.figure(9),
                row.figure(10),
                row.figure(11)));
    }

    @Override
    public void close() throws SQLException {
        for (Source each : sources) {
            each.statement().close();
        }
    }
}
