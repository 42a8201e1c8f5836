package dev.headroom.server.recording;

import dev.headroom.core.trace.BoundValue;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.CaptureCounters;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.DatabaseFacts;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.JvmSample;
import dev.headroom.core.trace.MemorySample;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RelationLoad;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.RunInfo;
import dev.headroom.core.trace.TraceSink;
import dev.headroom.core.trace.ValueSample;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file of a recording while it is written: inserts within a transaction that {@link #commit} ends. A failure of
 * the file is a {@link StoreFailure}, after which {@link #rollback} makes the store usable again. For one thread.
 */
final class RecordingStore implements TraceSink, Interned.Numbers, AutoCloseable {
    /** Requests without statements that came together are kept in one row from so many on. */
    static final int FEWEST_TOGETHER = 16;

    private static final int MOST_ROUTES = 5_000;
    private static final String OTHER_ROUTES = "(other routes)";

    private final Database database;
    private final Rotation rotation;
    private final NumberedRows<QueryShape> shapes;
    private final NumberedRows<CallSite> callSites;
    private final NumberedRows<List<ColumnLabel>> resultColumns;
    private final Map<String, RouteTotals> routes = new HashMap<>();
    private final BodyEncoder encoder = new BodyEncoder(this);
    private final Change meta;
    private final Change shape;
    private final Change callSite;
    private final Change columns;
    private final Change route;
    private final Change request;
    private final Change requestBlock;
    private final Change detail;
    private final Change outsideBlock;
    private final Change connection;
    private final Change event;
    private final Change databaseFacts;
    private final Change ormFacts;
    private final Change sample;
    private final Change jvmSample;
    private final Change valueSample;
    private final long mostUncommittedBytes;
    private long sequence;
    private long uncommittedBytes;
    private boolean inTransaction;
    private boolean holdsValues;
    private boolean uncommittedValues;

    RecordingStore(Path file, long maxBytes) throws SQLException {
        mostUncommittedBytes = maxBytes / 16;
        database = Database.open(file, "mode=rwc");
        try {
            prepareFile();
            rotation = new Rotation(database, maxBytes);
            meta = Change.insert(database, "INSERT OR REPLACE INTO meta", 2);
            shape = Change.insert(database, "INSERT INTO shape", 6);
            callSite = Change.insert(database, "INSERT INTO call_site", 7);
            columns = Change.insert(database, "INSERT INTO result_columns", 2);
            route = Change.insert(database, "INSERT OR REPLACE INTO route", 11);
            request = Change.insert(database, "INSERT INTO request", 21);
            requestBlock = Change.insert(database, "INSERT INTO request_block", 7);
            detail = Change.insert(database, "INSERT INTO detail", 2);
            outsideBlock = Change.insert(database, "INSERT INTO outside_block", 5);
            connection = Change.insert(database, "INSERT INTO connection", 6);
            event = Change.insert(database, "INSERT INTO event", 5);
            databaseFacts = Change.insert(database, "INSERT INTO database_facts", 2);
            ormFacts = Change.insert(database, "INSERT INTO orm_facts", 2);
            sample = Change.insert(database, "INSERT INTO sample", 13);
            jvmSample = Change.insert(database, "INSERT INTO jvm_sample", 11);
            valueSample = Change.insert(database, "INSERT OR REPLACE INTO value_sample", 7);
            shapes = new NumberedRows<>(this::insertShape);
            callSites = new NumberedRows<>(this::insertCallSite);
            resultColumns = new NumberedRows<>(this::insertColumns);
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private void prepareFile() throws SQLException {
        database.execute("PRAGMA page_size = 8192");
        // Written before the log exists, so that the file alone tells what it is.
        database.execute("PRAGMA synchronous = NORMAL");
        database.execute("PRAGMA journal_size_limit = 8388608");
        database.execute("BEGIN IMMEDIATE");
        database.execute("PRAGMA application_id = " + Schema.APPLICATION_ID);
        database.execute("PRAGMA user_version = " + Schema.VERSION);
        for (String table : Schema.TABLES) {
            database.execute(table);
        }
        for (String table : Schema.LATER_TABLES) {
            database.execute(table);
        }
        database.execute("COMMIT");
        database.execute("PRAGMA journal_mode = WAL");
        // From here on the log exists while the recording is written, which tells readers that it is.
        database.execute("INSERT INTO meta VALUES ('finished', 0)");
    }

    @Override
    public void run(RunInfo info) {
        meta("run.command", info.command());
        meta("run.started_at_millis", info.startedAtMillis());
        meta("run.started_nanos", info.startedNanos());
        meta("run.headroom_version", info.headroomVersion());
        info.details().forEach((name, value) -> meta("run.detail." + name, value));
    }

    @Override
    public void request(RequestTrace trace) {
        RequestCosts costs = RequestCosts.of(trace);
        // A request without queries has no detail but what its response showed, which nothing can be compared with.
        boolean bare = trace.queries().isEmpty();
        byte[] body = bare ? null : encoder.request(trace);
        long seq = requestRow(trace, costs);
        if (body != null) {
            execute(detail, seq, body);
        }
    }

    /** Writes a request without its detail; its counts by shape stay. */
    void requestWithoutDetail(RequestTrace trace) {
        requestRow(trace, RequestCosts.of(trace));
    }

    private long requestRow(RequestTrace trace, RequestCosts costs) {
        Request facts = trace.request();
        byte[] summary = encoder.summary(costs.byShape());
        RouteTotals totals = totals(facts.method(), facts.route());
        long start = facts.startNanos();
        long seq = nextSequence();
        execute(
                request,
                seq,
                facts.id(),
                totals.number,
                facts.path(),
                facts.status(),
                start,
                facts.queueNanos(),
                facts.sentNanos() == 0 ? null : facts.sentNanos() - start,
                facts.firstByteNanos() == 0 ? null : facts.firstByteNanos() - start,
                facts.endNanos() - start,
                facts.workEndNanos() - start,
                facts.bytesIn(),
                facts.bytesOut(),
                facts.inFlight(),
                RequestFlags.of(trace),
                facts.outcome().name(),
                costs.statements(),
                costs.rows(),
                costs.bytes(),
                costs.nanos(),
                summary);
        totals.add(facts, costs);
        return seq;
    }

    /** Writes requests without statements, few of them as a row each, as if each had been told alone. */
    void requests(RequestBlock block) {
        byte[] body = block.body();
        if (block.size() < FEWEST_TOGETHER) {
            BlockDecoder.requests(body).forEach(this::requestWithoutDetail);
            return;
        }
        execute(
                requestBlock,
                nextSequence(),
                block.size(),
                block.firstId(),
                block.lastId(),
                block.firstStart(),
                block.lastStart(),
                body);
        for (RouteTotals more : block.totals()) {
            totals(more.method, more.route).add(more);
        }
    }

    private RouteTotals totals(String ofMethod, String ofRoute) {
        RouteTotals known = routes.get(ofMethod + " " + ofRoute);
        if (known != null) {
            return known;
        }
        boolean room = routes.size() < MOST_ROUTES;
        String method = room ? ofMethod : "";
        String name = room ? ofRoute : OTHER_ROUTES;
        return routes.computeIfAbsent(method + " " + name, key -> new RouteTotals(routes.size() + 1, method, name));
    }

    /** Writes executions outside requests. */
    void outside(OutsideBlock block) {
        execute(outsideBlock, nextSequence(), block.size(), block.firstStart(), block.lastStart(), block.body(this));
    }

    @Override
    public void connection(Connection each) {
        execute(
                connection,
                nextSequence(),
                each.id(),
                each.backendPid(),
                each.openedNanos(),
                each.readyNanos(),
                each.closedNanos());
    }

    @Override
    public void event(Event each) {
        execute(event, nextSequence(), each.nanos(), each.kind().name(), each.requestId(), each.text());
    }

    @Override
    public void database(DatabaseFacts facts) {
        execute(databaseFacts, nextSequence(), DatabaseFactsJson.write(facts));
    }

    @Override
    public void orm(OrmFacts facts) {
        execute(ormFacts, nextSequence(), OrmFactsJson.write(facts));
    }

    @Override
    public void sample(MemorySample each) {
        execute(
                sample,
                nextSequence(),
                each.nanos(),
                each.proportionalBytes(),
                each.residentBytes(),
                each.swapBytes(),
                each.processes(),
                each.threads(),
                each.openFiles(),
                each.cpuNanos(),
                each.groupBytes(),
                each.groupLimitBytes(),
                each.groupSwapBytes(),
                each.groupOomKills());
    }

    /** The table comes with its first row, so that a recording without it holds no values for sure. */
    @Override
    public void values(ValueSample each) {
        int number = shapes.number(each.shape());
        if (!holdsValues) {
            execute(new Change(database, Schema.VALUE_SAMPLE));
            holdsValues = true;
            uncommittedValues = true;
        }
        execute(
                valueSample,
                number,
                each.database(),
                each.which().name(),
                each.startNanos(),
                each.nanos(),
                each.text(),
                parameters(each));
    }

    private static byte[] parameters(ValueSample each) {
        BinaryOutput out = new BinaryOutput();
        out.unsigned(each.parameters().size());
        for (BoundValue parameter : each.parameters()) {
            byte[] value = parameter.bytes();
            out.unsigned(Integer.toUnsignedLong(parameter.type()));
            out.octet(parameter.binary() ? 1 : 0);
            out.unsigned(value == null ? 0 : value.length + 1L);
            if (value != null) {
                out.octets(value);
            }
        }
        return out.toByteArray();
    }

    @Override
    public void jvm(JvmSample each) {
        execute(
                jvmSample,
                nextSequence(),
                each.nanos(),
                each.pid(),
                orNull(each.youngBytes()),
                orNull(each.oldBytes()),
                orNull(each.committedBytes()),
                orNull(each.maxBytes()),
                orNull(each.metaspaceBytes()),
                orNull(each.collections()),
                orNull(each.collectionNanos()),
                orNull(each.threads()));
    }

    private static @Nullable Long orNull(long figure) {
        return figure < 0 ? null : figure;
    }

    @Override
    public void counters(CaptureCounters each) {
        meta("counter.requests", each.requests());
        meta("counter.statements", each.statements());
        meta("counter.control", each.control());
        meta("counter.dropped_requests", each.droppedRequests());
        meta("counter.dropped_queries", each.droppedQueries());
        meta("counter.shed_details", each.shedDetails());
        meta("counter.truncated_shapes", each.truncatedShapes());
        meta("counter.uninterpreted_connections", each.uninterpretedConnections());
        meta("counter.unreadable_responses", each.unreadableResponses());
        meta("counter.unread_responses", each.unreadResponses());
        meta("counter.told_of_no_request", each.toldOfNoRequest());
    }

    /** Sets a named fact about the recording. */
    void meta(String name, Object value) {
        execute(meta, name, value);
    }

    /** Whether so much is uncommitted that a commit should not wait, lest the file outgrow its cap. */
    boolean commitDue() {
        return uncommittedBytes > mostUncommittedBytes;
    }

    /** Ends the transaction. */
    void commit() throws SQLException {
        try {
            for (RouteTotals each : routes.values()) {
                if (each.changed) {
                    write(each);
                }
            }
        } catch (StoreFailure e) {
            throw new SQLException(e.getMessage(), e);
        }
        if (inTransaction) {
            database.execute("COMMIT");
            inTransaction = false;
        }
        uncommittedBytes = 0;
        uncommittedValues = false;
        routes.values().forEach(each -> each.changed = false);
        shapes.committed();
        callSites.committed();
        resultColumns.committed();
    }

    /** Removes the oldest detail while the file is larger than its cap; after a commit only. */
    void makeRoom() throws SQLException {
        rotation.makeRoom();
    }

    private void write(RouteTotals each) {
        execute(
                route,
                each.number,
                each.method,
                each.route,
                each.requests,
                each.failed,
                each.nanos,
                each.maxNanos,
                each.statements,
                each.rows,
                each.bytes,
                each.databaseNanos);
    }

    /** Forgets the transaction. Route totals stay in memory and are written with the next one. */
    void rollback() {
        uncommittedBytes = 0;
        holdsValues &= !uncommittedValues;
        uncommittedValues = false;
        shapes.rolledBack();
        callSites.rolledBack();
        resultColumns.rolledBack();
        routes.values().forEach(each -> each.changed = true);
        if (inTransaction) {
            inTransaction = false;
            try {
                database.execute("ROLLBACK");
            } catch (SQLException e) {
                // SQLite has already rolled back by itself, as it does when the disk is full.
                return;
            }
        }
    }

    Database database() {
        return database;
    }

    Rotation rotation() {
        return rotation;
    }

    @Override
    public int shape(QueryShape each) {
        return shapes.number(each);
    }

    @Override
    public int callSite(CallSite each) {
        return callSites.number(each);
    }

    @Override
    public int columns(List<ColumnLabel> each) {
        return resultColumns.number(each);
    }

    private void insertShape(int number, QueryShape each) {
        execute(
                shape,
                number,
                each.id(),
                each.kind().name(),
                each.truncated(),
                String.join("\n", each.tables()),
                each.text());
    }

    private void insertCallSite(int number, CallSite each) {
        RelationLoad load = each.load();
        execute(
                callSite,
                number,
                each.file(),
                each.line(),
                each.function(),
                each.relation(),
                each.field(),
                load == null ? null : load.text());
    }

    private void insertColumns(int number, List<ColumnLabel> labels) {
        BinaryOutput out = new BinaryOutput();
        out.unsigned(labels.size());
        labels.forEach(each -> each.write(out));
        execute(columns, number, out.toByteArray());
    }

    private long nextSequence() {
        return ++sequence;
    }

    private void execute(Change change, @Nullable Object... parameters) {
        try {
            if (!inTransaction) {
                database.execute("BEGIN IMMEDIATE");
                inTransaction = true;
            }
            change.run(parameters);
            for (Object each : parameters) {
                uncommittedBytes += each instanceof byte[] body ? body.length : Long.BYTES;
            }
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    /** Leaves one file that needs no other beside it, unless somebody is reading it. */
    @Override
    public void close() throws SQLException {
        encoder.close();
        try (database) {
            database.execute("INSERT OR REPLACE INTO meta VALUES ('finished', 1)");
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            database.execute("PRAGMA busy_timeout = 100");
            database.execute("PRAGMA journal_mode = DELETE");
        }
    }
}
