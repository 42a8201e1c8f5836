package dev.headroom.core.check;

import static dev.headroom.core.check.Scenario.independent;
import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;

import dev.headroom.core.trace.Attribution;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** One query per row of another, in the forms that hide it, and what only looks like it. */
final class ScenariosOfLoops {
    private static final String REPEATED = "repeated-query";
    private static final String USER = "select id, name from users where id = $1";

    private ScenariosOfLoops() {}

    static List<Scenario> all() {
        return List.of(
                independent("a decoy holds the same integers", decoy().each(range(1, 20), 1, USER))
                        .reports(REPEATED)
                        .known(Evidence.PROVEN)
                        .from("orders.user_id", "users.id"),
                independent("only a decoy holds the integers", onlyDecoy().each(range(1, 20), 1, USER))
                        .reports(REPEATED)
                        .known(Evidence.LIKELY),
                independent("uuid keys", uuids())
                        .reports(REPEATED)
                        .known(Evidence.PROVEN)
                        .from("documents.id", "attachments.document_id"),
                independent("two loops interleaved", twoLoops())
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id")
                        .reports(REPEATED)
                        .from("orders.office_id", "offices.id"),
                independent(
                                "14 ids from the request, not from a query",
                                get("/a").each(range(1, 20), 1, USER))
                        .reports(REPEATED)
                        .known(Evidence.LIKELY),
                independent("57 handed to threads, each with a connection", handedOver())
                        .reports(REPEATED)
                        .known(Evidence.PROVEN),
                independent("a tree walked up, each row naming the next", treeWalk())
                        .reports(REPEATED),
                independent("a loop that feeds a loop", nested())
                        .reports(REPEATED)
                        .from("companies.id", "offices.company_id")
                        .reports(REPEATED)
                        .from("offices.id", "desks.office_id"),
                independent("pages by key: each asks for what follows the last", keyset())
                        .tolerates(REPEATED),
                independent("a cursor read piece by piece", cursor()),
                independent(
                        "a loop with a batch of 100 each",
                        batches("select id from users where id in (" + list(100) + ")", 100)),
                independent("lists of lengths from 2 to 9", batchesOfAllLengths()),
                independent("= any, again and again", batches("select id from users where id = any ($1)", 1)),
                independent("pairs in a list", batches("select 1 from lines where (a, b) in (($1, $2), ($3, $4))", 4)),
                independent("one row each of five users at once", fiveUsers()),
                independent(
                                "a list that stays the same beside a key that does not",
                                get("/a")
                                        .each(
                                                range(1, 20),
                                                1,
                                                "select id from lines where kind in ('a', 'b') and order_id = $1"))
                        .reports(REPEATED),
                independent("88 twelve requests with one look-up each", twelveRequests()));
    }

    private static TestRequest decoy() {
        return get("/a")
                .run(
                        "select quantity, user_id from orders",
                        column("orders.quantity", range(1, 20)),
                        column("orders.user_id", range(1, 20)));
    }

    private static TestRequest onlyDecoy() {
        return get("/a").run("select quantity from orders", column("orders.quantity", range(1, 20)));
    }

    private static TestRequest uuids() {
        Object[] ids =
                IntStream.range(0, 20).mapToObj(i -> new UUID(7, i).toString()).toArray();
        return get("/a")
                .run("select id from documents", column("documents.id", ids))
                .each(ids, 1, "select id from attachments where document_id = $1");
    }

    private static TestRequest twoLoops() {
        TestRequest request = get("/a")
                .run(
                        "select user_id, office_id from orders",
                        column("orders.user_id", range(1, 20)),
                        column("orders.office_id", range(11, 30)));
        for (int i = 1; i <= 20; i++) {
            request.run(USER, i).run("select name from offices where id = $1", i + 10);
        }
        return request;
    }

    private static TestRequest handedOver() {
        TestRequest request = decoy().attribution(Attribution.EXACT);
        for (int i = 1; i <= 20; i++) {
            request.on(2 + i % 3).overlapping(3, USER, i);
        }
        return request;
    }

    private static TestRequest treeWalk() {
        TestRequest request = get("/a");
        for (int i = 1; i <= 15; i++) {
            request.run("select id, parent_id from nodes where id = $1", i, column("nodes.parent_id", i + 1));
        }
        return request;
    }

    private static TestRequest nested() {
        TestRequest request = get("/a").run("select id from companies", column("companies.id", range(1, 12)));
        for (int company = 1; company <= 12; company++) {
            int first = 1000 + company * 10;
            request.run(
                    "select id from offices where company_id = $1",
                    company,
                    column("offices.id", range(first, first + 2)));
            request.each(range(first, first + 2), 1, "select id from desks where office_id = $1");
        }
        return request;
    }

    private static TestRequest keyset() {
        TestRequest request = get("/a");
        for (int page = 0; page < 8; page++) {
            request.run(
                    "select id from users where id > $1 order by id limit 100",
                    page * 100,
                    column("users.id", range(page * 100 + 1, page * 100 + 100)));
        }
        return request;
    }

    private static TestRequest cursor() {
        TestRequest request = get("/a").begin(1).run("declare c cursor for select id from users");
        for (int i = 0; i < 12; i++) {
            request.run("fetch forward 5 from c", column("users.id", range(i * 5 + 1, i * 5 + 5)));
        }
        return request.run("close c").commit();
    }

    private static String list(int length) {
        return String.join(
                ", ", IntStream.rangeClosed(1, length).mapToObj(i -> "$" + i).toList());
    }

    private static TestRequest batches(String sql, int values) {
        TestRequest request = get("/a");
        for (int batch = 0; batch < 12; batch++) {
            request.run(sql, range(batch * values + 1, (batch + 1) * values));
        }
        return request;
    }

    private static TestRequest batchesOfAllLengths() {
        TestRequest request = get("/a");
        for (int length = 2; length <= 9; length++) {
            request.run("select id from users where id in (" + list(length) + ")", range(length * 10, length * 11 - 1));
        }
        return request;
    }

    private static TestRequest fiveUsers() {
        return get("/a").run("select id from users limit 5", column("users.id", range(1, 5)));
    }

    private static TestRequest[] twelveRequests() {
        return IntStream.rangeClosed(1, 12)
                .mapToObj(i -> get("/a").run(USER, i))
                .toArray(TestRequest[]::new);
    }
}
