package dev.headroom.core.check;

import static dev.headroom.core.check.Scenario.independent;
import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.texts;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Rows and columns that are fetched, and time that is spent. */
final class ScenariosOfData {
    private static final String UNUSED = "unused-data";
    private static final String ROWS = "too-many-rows";

    private ScenariosOfData() {}

    static List<Scenario> all() {
        Object[] names = texts("an office in a town", 1, 30);
        Object[] notes = texts("notes that are long enough to cost something ".repeat(20), 1, 30);
        Object[] many = texts("a customer called", 1, 500);
        return List.of(
                independent(
                                "114 notes never shown",
                                four(i -> offices(names, notes).shows(names)))
                        .reports(UNUSED)
                        .known(Evidence.LIKELY),
                independent("notes shown", four(i -> offices(names, notes).shows(names, notes))),
                independent(
                        "notes not shown, in one request only",
                        offices(names, notes).shows(names)),
                independent("nothing was read of the response", four(i -> offices(names, notes))),
                independent(
                        "65 an eager fetch without rows",
                        four(i -> get("/d")
                                .run(
                                        "select o.name, n.text from offices o left join notes n on n.id = o.id",
                                        column("offices.name", names),
                                        column("notes.text", new Object[30]))
                                .shows(names))),
                independent(
                        "a filter's answer is never shown, but it filtered",
                        four(i -> get("/d")
                                .run(
                                        "select id, name from offices where notes like $1",
                                        "%x%",
                                        column("offices.id", range(1, 30)),
                                        column("offices.name", names))
                                .shows(names))),
                independent(
                                "500 rows fetched, 10 shown",
                                four(i -> get("/d")
                                        .run("select name from customers", column("customers.name", many))
                                        .shows((Object) texts("a customer called", 1, 10))))
                        .reports(ROWS)
                        .tolerates(UNUSED),
                independent(
                        "500 rows fetched, all shown",
                        four(i -> get("/d")
                                .run("select name from customers", column("customers.name", many))
                                .shows((Object) many))),
                independent(
                        "40 rows fetched, 2 shown",
                        four(i -> get("/d")
                                .run(
                                        "select name from customers",
                                        column("customers.name", texts("a customer called", 1, 40)))
                                .shows((Object) texts("a customer called", 1, 2)))),
                independent(
                                "two lists multiplied",
                                get("/d")
                                        .run(
                                                "select u.id, a.id, o.id from users u join addresses a on a.user_id = u.id join orders o on o.user_id = u.id",
                                                product(0, "users.id"),
                                                product(1, "addresses.id"),
                                                product(2, "orders.id")))
                        .tolerates(ROWS)
                        .reports("wide-result")
                        .known(Evidence.PROVEN),
                independent(
                        "one list joined",
                        get("/d")
                                .run(
                                        "select u.id, a.id from users u join addresses a on a.user_id = u.id",
                                        column(
                                                "users.id",
                                                IntStream.range(0, 300)
                                                        .mapToObj(i -> i / 30)
                                                        .toArray()),
                                        column("addresses.id", range(1, 300)))),
                independent(
                        "a to-one chain joined",
                        get("/d")
                                .run(
                                        "select o.id, u.id, c.id from orders o join users u on u.id = o.user_id join companies c on c.id = u.company_id",
                                        column("orders.id", range(1, 300)),
                                        column(
                                                "users.id",
                                                IntStream.range(0, 300)
                                                        .mapToObj(i -> i / 30)
                                                        .toArray()),
                                        column(
                                                "companies.id",
                                                IntStream.range(0, 300)
                                                        .mapToObj(i -> i / 100)
                                                        .toArray()))),
                independent(
                                "one statement takes 800 ms",
                                four(i -> get("/d").run(800, "select sum(total) from orders where id > $1", i)))
                        .reports("slow-query"),
                independent(
                        "83 most of the time goes to another service",
                        four(i -> get("/d")
                                .run(60, "select a from t where id = $1", i)
                                .waits(3_000))),
                independent("forty different statements", four(i -> different(40)))
                        .wants(new Expected("chatty-request", null, Evidence.HINT, Map.of())),
                independent("74 nine different look-ups of one thing", different(9)),
                independent(
                                "85 three look-ups one after another",
                                get("/d")
                                        .run(60, "select a from t where id = $1", 1)
                                        .run(60, "select b from u where id = $1", 2)
                                        .run(60, "select c from v where id = $1", 3))
                        .notes("chatty-request"),
                independent(
                        "a look-up that needs the one before",
                        get("/d")
                                .run(60, "select id, owner_id from t where id = $1", 1, column("t.owner_id", 71))
                                .run(60, "select id, boss_id from u where id = $1", 71, column("u.boss_id", 82))
                                .run(60, "select c from v where id = $1", 82)));
    }

    private static TestRequest offices(Object[] names, Object[] notes) {
        return get("/d")
                .run("select name, notes from offices", column("offices.name", names), column("offices.notes", notes));
    }

    private static TestRequest[] four(IntFunction<TestRequest> one) {
        return IntStream.range(0, 4).mapToObj(one).toArray(TestRequest[]::new);
    }

    /** 9 users with 10 addresses and 10 orders each. */
    private static Object product(int which, String name) {
        Object[] values = IntStream.range(0, 900)
                .mapToObj(i -> which == 0 ? i / 100 : which == 1 ? i / 10 : i / 100 * 10 + i % 10)
                .toArray();
        return column(name, values);
    }

    private static TestRequest different(int count) {
        TestRequest request = get("/d");
        for (int i = 1; i <= count; i++) {
            request.run("select a" + i + " from t" + i + " where id = $1", 5);
        }
        return request;
    }
}
