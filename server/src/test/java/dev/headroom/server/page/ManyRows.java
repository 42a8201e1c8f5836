package dev.headroom.server.page;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Outcome;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.Request;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.core.trace.ResponseValues;
import dev.headroom.core.trace.ResultColumn;
import dev.headroom.core.trace.StatementKind;
import dev.headroom.core.trace.TraceSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests whose results have more values than a recording keeps, a few of which are shown or bound later. */
final class ManyRows {
    private ManyRows() {}

    static void tell(TraceSink sink, int requests, int rows, int columns) {
        Random random = new Random(9);
        for (int i = 1; i <= requests; i++) {
            sink.request(request(i, rows, columns, random));
        }
    }

    private static RequestTrace request(int id, int rows, int columns, Random random) {
        long start = id * 1_000_000_000L;
        List<ResultColumn> result = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            result.add(new ResultColumn(
                    "c" + column,
                    "company",
                    "c" + column,
                    16_400,
                    column + 1,
                    25,
                    400L * rows,
                    0,
                    Digests.of(random.longs(rows).toArray())));
        }
        List<Query> queries = new ArrayList<>();
        queries.add(query(id, 1, start, 1, "SELECT * FROM company", new long[] {5}, rows, result));
        long[] keys = result.get(0).values().toArray();
        for (int i = 0; i < 15; i++) {
            ResultColumn name =
                    new ResultColumn("name", "office", "name", 16_500, 2, 25, 30, 0, Digests.of(random.nextLong()));
            queries.add(query(
                    id,
                    2 + i,
                    start + 5_000_000 + i * 1_000_000L,
                    2,
                    "SELECT name FROM office WHERE company_id = ?",
                    new long[] {keys[i * 7 % rows]},
                    1,
                    List.of(name)));
        }
        long[] shown = Arrays.copyOf(result.get(1).values().toArray(), 50);
        Arrays.sort(shown);
        Request request = new Request(
                id,
                "GET",
                "/api/companies",
                "/api/companies",
                200,
                start,
                -1,
                start + 1,
                start + 90_000_000,
                start + 100_000_000,
                start + 100_000_000,
                0,
                50_000,
                1,
                false,
                Outcome.COMPLETED);
        return new RequestTrace(request, queries, List.of(), new ResponseValues(Digests.of(shown), true, true));
    }

    private static Query query(
            long request,
            int id,
            long start,
            long shape,
            String text,
            long[] values,
            int rows,
            List<ResultColumn> columns) {
        QueryShape statement =
                new QueryShape(shape * 0x9E3779B97F4A7C15L, text, StatementKind.SELECT, List.of("t" + shape), false);
        return new Query(
                request * 100 + id,
                request,
                Attribution.EXACT,
                1,
                0,
                statement,
                null,
                start,
                start + 100_000,
                start + 600_000,
                rows,
                100L * rows,
                Digests.of(values),
                true,
                columns,
                null);
    }
}
