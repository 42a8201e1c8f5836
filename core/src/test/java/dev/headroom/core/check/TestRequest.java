package dev.headroom.core.check;

import dev.headroom.core.digest.TextWords;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.sql.Statement;
import dev.headroom.core.sql.StatementReader;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.FoldedQueries;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds a request with queries as the proxies would have captured them: SQL is read, values are digested. */
public final class TestRequest {
    public static final ValueDigester DIGESTER = ValueDigester.withRandomSalt();
    private static final TextWords WORDS = new TextWords(DIGESTER);
    private static final StatementReader READER = new StatementReader(DIGESTER);
    private static long lastId;

    private final List<Query> queries = new ArrayList<>();
    private final List<FoldedQueries> folded = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final String method;
    private final String route;
    private final long id = ++lastId;
    private long start = 1_000_000_000L;
    private long now = start;
    private long connection = 1;
    private long transaction;
    private int status = 200;
    private @Nullable CallSite site;
    private boolean responseRead;
    private boolean runningText;
    private boolean valuesComplete = true;
    private Attribution attribution = Attribution.LIKELY_ALONE;

    private TestRequest(String method, String route) {
        this.method = method;
        this.route = route;
    }

    public static TestRequest get(String route) {
        return new TestRequest("GET", route);
    }

    public static TestRequest post(String route) {
        return new TestRequest("POST", route);
    }

    /** One statement of a millisecond. */
    public TestRequest run(String sql, Object... values) {
        return run(1.0, sql, values);
    }

    /** One statement that takes {@code millis}. Values are bound values, and last the columns of the result. */
    public TestRequest run(double millis, String sql, Object... values) {
        Query query = query(millis, sql, values);
        queries.add(query);
        now = query.endNanos();
        return this;
    }

    /** One statement that overlaps with whatever comes next. */
    public TestRequest overlapping(double millis, String sql, Object... values) {
        Query query = query(millis, sql, values);
        queries.add(query);
        now = query.startNanos() + 1_000;
        return this;
    }

    /** Runs a statement for each of the values. */
    public TestRequest each(Object[] values, double millis, String sql, String... columns) {
        for (Object value : values) {
            List<Object> all = new ArrayList<>(List.of(value));
            for (String column : columns) {
                all.add(column(column, column.endsWith(".id") ? value : value + "-" + column));
            }
            run(millis, sql, all.toArray());
        }
        return this;
    }

    public TestRequest fails(String sqlState, String sql, Object... values) {
        Query query = query(1, sql, values);
        queries.add(new Query(
                query.id(),
                query.requestId(),
                query.attribution(),
                query.connectionId(),
                query.transactionId(),
                query.shape(),
                query.callSite(),
                query.startNanos(),
                0,
                query.endNanos(),
                0,
                query.bytes(),
                query.values(),
                query.valuesComplete(),
                List.of(),
                sqlState));
        now = query.endNanos();
        return this;
    }

    public TestRequest at(String file, int line, String function) {
        site = new CallSite(file, line, function, null, null);
        return this;
    }

    public TestRequest at(String file, int line, String function, String relation) {
        site = new CallSite(file, line, function, relation, null);
        return this;
    }

    public TestRequest at(CallSite place) {
        site = place;
        return this;
    }

    public TestRequest waits(double millis) {
        now += (long) (millis * 1e6);
        return this;
    }

    public TestRequest begin(long transactionId) {
        transaction = transactionId;
        return run(0.1, "BEGIN");
    }

    /** Goes on in a transaction that began elsewhere. */
    public TestRequest inTransaction(long transactionId) {
        transaction = transactionId;
        return this;
    }

    public TestRequest commit() {
        run(0.1, "COMMIT");
        transaction = 0;
        return this;
    }

    public TestRequest on(long connectionId) {
        connection = connectionId;
        return this;
    }

    public TestRequest attribution(Attribution how) {
        attribution = how;
        return this;
    }

    public TestRequest withoutValues() {
        valuesComplete = false;
        return this;
    }

    public TestRequest more(long count, String sql) {
        folded.add(new FoldedQueries(read(sql).shape(), count, count * 1_000_000, count, count * 100));
        return this;
    }

    public TestRequest status(int newStatus) {
        status = newStatus;
        return this;
    }

    /** Texts that the response showed. */
    public TestRequest shows(Object... texts) {
        responseRead = true;
        for (Object text : texts) {
            if (text instanceof Object[] several) {
                Arrays.stream(several).forEach(one -> shown.add(one.toString()));
            } else {
                shown.add(text.toString());
            }
        }
        return this;
    }

    /** Running text that the response consists of, as between the tags of a page. */
    public TestRequest says(Object... texts) {
        runningText = true;
        return shows(texts);
    }

    public RequestTrace build() {
        Request request = new Request(
                id,
                method,
                route,
                route,
                status,
                start,
                -1,
                start + 1_000,
                now,
                now + 1_000_000,
                now + 1_000_000,
                0,
                1_000,
                1,
                false,
                Outcome.COMPLETED);
        long[] digests = shown.stream()
                .flatMapToLong(text -> LongStream.concat(LongStream.of(DIGESTER.digest(text)), words(text)))
                .sorted()
                .distinct()
                .toArray();
        ResponseValues response =
                responseRead ? new ResponseValues(Digests.of(digests), true, !runningText) : ResponseValues.UNREAD;
        return new RequestTrace(request, queries, folded, response);
    }

    private static LongStream words(String text) {
        return Stream.of(text.split("[^\\p{L}\\p{N}_]+"))
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .filter(word -> word.length >= TextWords.SHORTEST && word.length <= TextWords.LONGEST)
                .mapToLong(word -> WORDS.digest(word, 0, word.length));
    }

    /** A column of a result: {@code table.column} and a value per row. */
    public static ResultColumn column(String name, Object... values) {
        int dot = name.indexOf('.');
        String table = dot < 0 ? null : name.substring(0, dot);
        String column = name.substring(dot + 1);
        long bytes = 0;
        long nulls = 0;
        long[] digests = new long[Math.min(1_000, values.length)];
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                nulls++;
            } else {
                bytes += values[i].toString().length();
                if (i < digests.length) {
                    digests[i] = DIGESTER.digest(values[i].toString());
                }
            }
        }
        return new ResultColumn(
                column,
                table,
                table == null ? null : column,
                table == null ? 0 : table.hashCode() & 0x7FFFFFFF,
                table == null ? 0 : column.hashCode() & 0x7FFF,
                25,
                bytes,
                nulls,
                Digests.of(digests),
                wordsOf(values));
    }

    /** As the proxy picks them, of the first rows. */
    private static Digests wordsOf(Object... values) {
        long[] all = new long[20 * (TextWords.MOST + 1)];
        int length = 0;
        boolean any = false;
        for (int row = 0; row < Math.min(20, values.length); row++) {
            if (values[row] != null && values[row].toString().length() >= TextWords.SHORTEST_TEXT) {
                byte[] text = values[row].toString().getBytes(StandardCharsets.UTF_8);
                long[] picked = new long[TextWords.MOST];
                int count = WORDS.pick(text, 0, text.length, picked);
                System.arraycopy(picked, 0, all, length, count);
                length += count;
                any |= count > 0;
            }
            all[length++] = Digests.NULL_VALUE;
        }
        return any ? Digests.copyOf(all, length) : Digests.NONE;
    }

    public static Object[] range(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toArray();
    }

    /** Texts that are long enough to be told apart in a response. */
    public static Object[] texts(String prefix, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> prefix + " number " + i)
                .toArray();
    }

    public static QueryShape shape(String sql) {
        return read(sql).shape();
    }

    private Query query(double millis, String sql, Object... values) {
        Statement statement = read(sql);
        List<ResultColumn> columns = new ArrayList<>();
        List<Long> digests = new ArrayList<>();
        long rows = 0;
        long bytes = 100;
        for (Object value : values) {
            if (value instanceof ResultColumn column) {
                columns.add(column);
                rows = Math.max(rows, column.values().size());
                bytes += column.bytes();
            } else {
                digests.add(DIGESTER.digest(value.toString()));
            }
        }
        long begin = now + 10_000;
        long end = begin + (long) (millis * 1e6);
        return new Query(
                id * 1_000_000 + queries.size(),
                attribution.namesRequest() ? id : 0,
                attribution,
                connection,
                transaction,
                statement.shape(),
                site,
                begin,
                rows > 0 ? end - 1 : 0,
                end,
                rows,
                bytes,
                statement.values(
                        Digests.of(digests.stream().mapToLong(Long::longValue).toArray())),
                valuesComplete,
                columns,
                null);
    }

    private static Statement read(String sql) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        return READER.read(bytes, 0, bytes.length);
    }

    /** What all checks say about the requests. */
    public static List<Finding> diagnose(TestRequest... requests) {
        return diagnose(Checks.all(), CheckContext.DEFAULT, requests);
    }

    public static List<Finding> diagnose(List<Check> checks, CheckContext context, TestRequest... requests) {
        Doctor doctor = new Doctor(checks, context);
        Stream.of(requests).map(TestRequest::build).forEach(doctor::request);
        return doctor.diagnosis().findings();
    }
}
