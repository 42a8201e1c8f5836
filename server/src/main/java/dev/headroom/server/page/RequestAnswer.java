package dev.headroom.server.page;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Connection;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request with its statements; times are milliseconds since the request's first byte. */
final class RequestAnswer {
    private static final int MOST_QUERIES = 3_000;

    private final Request request;
    private final Map<QueryShape, Integer> shapeNumbers = new HashMap<>();
    private final List<Object> shapes = new ArrayList<>();
    private final Map<CallSite, Integer> siteNumbers = new HashMap<>();
    private final List<Object> sites = new ArrayList<>();
    /** By shape: values that were bound before, to the number of the execution that bound them first. */
    private final Map<QueryShape, Map<Digests, Long>> bound = new HashMap<>();

    private RequestAnswer(Request request) {
        this.request = request;
    }

    static Map<String, Object> of(RunView view, RequestTrace trace) {
        return new RequestAnswer(trace.request()).map(view, trace);
    }

    private Map<String, Object> map(RunView view, RequestTrace trace) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", request.id());
        map.put("operation", request.operation());
        map.put("method", request.method());
        map.put("path", request.path());
        map.put("status", request.status());
        map.put("outcome", request.outcome().name().toLowerCase(Locale.ROOT));
        map.put("streaming", request.streaming());
        map.put("t", view.ask(each -> each.millis(request.startNanos())));
        map.put("millis", millis(request.endNanos()));
        map.put("queueMillis", request.queueNanos() < 0 ? null : request.queueNanos() / 1e6);
        map.put("sentMillis", request.sentNanos() == 0 ? null : millis(request.sentNanos()));
        map.put("firstByteMillis", request.firstByteNanos() == 0 ? null : millis(request.firstByteNanos()));
        map.put("workEndMillis", millis(request.workEndNanos()));
        map.put("bytesIn", request.bytesIn());
        map.put("bytesOut", request.bytesOut());
        map.put("inFlight", request.inFlight());
        map.put("statements", trace.statements());
        List<Query> shown = trace.queries()
                .subList(0, Math.min(MOST_QUERIES, trace.queries().size()));
        map.put("queries", shown.stream().map(this::query).toList());
        map.put("queriesNotShown", trace.queries().size() - shown.size());
        map.put("folded", trace.folded().stream().map(this::folded).toList());
        map.put("shapes", shapes);
        map.put("callSites", sites);
        map.put(
                "setUps",
                view.ask(each ->
                        each.setUps().of(trace).stream().map(this::setUp).toList()));
        map.put("responseRead", trace.response().complete());
        return map;
    }

    /** A connection that was opened for the request: from connecting to being ready, TLS and authentication included. */
    private Map<String, Object> setUp(ConnectionSetUps.SetUp setUp) {
        Connection connection = setUp.connection;
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("connection", connection.id());
        map.put("at", millis(connection.openedNanos()));
        map.put("millis", (connection.readyNanos() - connection.openedNanos()) / 1e6);
        map.put("attribution", setUp.attribution().name().toLowerCase(Locale.ROOT));
        return map;
    }

    private Map<String, Object> query(Query query) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", query.id());
        map.put("shape", number(query.shape()));
        map.put("at", millis(query.startNanos()));
        map.put("millis", query.nanos() / 1e6);
        map.put("firstRowAt", query.firstRowNanos() == 0 ? null : millis(query.firstRowNanos()));
        map.put("rows", query.rows());
        map.put("bytes", query.bytes());
        map.put("connection", query.connectionId());
        map.put("transaction", query.transactionId());
        map.put("attribution", query.attribution().name().toLowerCase(Locale.ROOT));
        map.put("callSite", query.callSite() == null ? null : number(query.callSite()));
        map.put("sqlState", query.sqlState());
        map.put("valuesKnown", query.valuesComplete());
        Long first = !query.valuesComplete()
                ? null
                : bound.computeIfAbsent(query.shape(), key -> new HashMap<>()).putIfAbsent(query.values(), query.id());
        map.put("sameAs", first);
        map.put("columns", query.columns().stream().map(RequestAnswer::column).toList());
        return map;
    }

    private static Map<String, Object> column(ResultColumn column) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", column.name());
        map.put("from", column.table() == null ? null : column.table() + "." + column.column());
        map.put("bytes", column.bytes());
        map.put("nulls", column.nulls());
        return map;
    }

    private Map<String, Object> folded(FoldedQueries more) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("shape", number(more.shape()));
        map.put("count", more.count());
        map.put("millis", more.nanos() / 1e6);
        map.put("rows", more.rows());
        map.put("bytes", more.bytes());
        return map;
    }

    private int number(QueryShape shape) {
        return shapeNumbers.computeIfAbsent(shape, key -> {
            Map<String, Object> map = ShapesAnswer.shape(key);
            map.put("control", key.control());
            shapes.add(map);
            return shapes.size() - 1;
        });
    }

    private int number(CallSite site) {
        return siteNumbers.computeIfAbsent(site, key -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("place", key.place());
            map.put("file", key.file());
            map.put("line", key.line());
            map.put("function", key.function());
            map.put("relation", key.relation());
            map.put("field", key.field());
            sites.add(map);
            return sites.size() - 1;
        });
    }

    private double millis(long nanos) {
        return Math.round((nanos - request.startNanos()) / 1e3) / 1e3;
    }
}
