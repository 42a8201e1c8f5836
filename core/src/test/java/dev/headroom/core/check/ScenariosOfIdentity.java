package dev.headroom.core.check;

import static dev.headroom.core.check.Scenario.independent;
import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;

import java.util.List;
import java.util.Map;

/** When two statements are the same one, and when asking again is asking the same. */
final class ScenariosOfIdentity {
    private static final String REPEATED = "repeated-query";
    private static final String DUPLICATE = "duplicate-query";
    private static final String USER = "select id, name from users where id = $1";

    private ScenariosOfIdentity() {}

    static List<Scenario> all() {
        return List.of(
                independent(
                                "97 twice the same, with a look-up between",
                                get("/i")
                                        .run(20, USER, 1)
                                        .run(5, "select 1 from t where a = $1", 2)
                                        .run(20, USER, 1))
                        .reports(DUPLICATE)
                        .known(Evidence.PROVEN),
                independent("109 one value six times is no repeated query", times(6, 20, USER, 1))
                        .reports(DUPLICATE),
                independent("twenty orders of three users", threeUsers()).reports(DUPLICATE),
                independent(
                        "asked again after the table was written",
                        get("/i")
                                .run(20, USER, 1)
                                .run("update users set name = $1 where id = $2", "x", 1)
                                .run(20, USER, 1)),
                independent(
                                "asked again after another table was written",
                                get("/i")
                                        .run(20, USER, 1)
                                        .run("update orders set total = $1", 1)
                                        .run(20, USER, 1))
                        .reports(DUPLICATE),
                independent(
                        "asked again after a CTE that writes",
                        get("/i")
                                .run(20, USER, 1)
                                .run(
                                        "with gone as (delete from users where id = $1 returning id) select * from gone",
                                        9)
                                .run(20, USER, 1)),
                independent(
                        "asked again after TRUNCATE",
                        get("/i").run(20, USER, 1).run("truncate users").run(20, USER, 1)),
                independent(
                        "asked again after MERGE",
                        get("/i")
                                .run(20, USER, 1)
                                .run(
                                        "merge into users u using n on n.id = u.id when matched then update set name = n.name")
                                .run(20, USER, 1)),
                independent(
                        "asked again after COPY into it",
                        get("/i").run(20, USER, 1).run("copy users from stdin").run(20, USER, 1)),
                independent(
                        "the answer differs though its size does not",
                        get("/i")
                                .run(20, USER, 1, column("users.name", "anna"))
                                .run(20, USER, 1, column("users.name", "otto"))),
                independent(
                        "rows in an order by chance",
                        get("/i")
                                .run(20, "select id from users order by random() limit 2", column("users.id", 3, 4))
                                .run(20, "select id from users order by random() limit 2", column("users.id", 5, 6))),
                independent(
                        "taken from a queue until it is empty",
                        times(8, 5, "select id from jobs where state = 'new' limit 1 for update skip locked")),
                independent("numbers from a sequence", times(12, 1, "select nextval('orders_id_seq')")),
                independent(
                        "a lock by name, twice",
                        get("/i")
                                .run("select pg_advisory_lock($1)", 1)
                                .run("select pg_advisory_unlock($1)", 1)
                                .run("select pg_advisory_lock($1)", 1)
                                .run("select pg_advisory_unlock($1)", 1)),
                independent(
                        "the same statement in the schema of another tenant",
                        get("/i")
                                .run("set search_path to tenant_1")
                                .run(20, USER, 1)
                                .run("set search_path to tenant_2")
                                .run(20, USER, 1)),
                independent(
                        "the same statement as another role",
                        get("/i")
                                .run("set local role to one")
                                .run(20, USER, 1)
                                .run("set local role to two")
                                .run(20, USER, 1)),
                independent(
                        "the same statement after set_config for row security",
                        get("/i")
                                .run("select set_config('app.tenant', $1, true)", 1)
                                .run(20, USER, 1)
                                .run("select set_config('app.tenant', $1, true)", 2)
                                .run(20, USER, 1)),
                independent(
                        "tables of one name in two schemas",
                        fourAndFour("select id from a.users where id = $1", "select id from b.users where id = $1")),
                independent(
                        "quoted names differ in case",
                        fourAndFour("select id from \"Users\" where id = $1", "select id from users where id = $1")),
                independent(
                                "aliases of another request are no other shape",
                                get("/i")
                                        .each(range(1, 10), 1, "select  ID\nfrom Users where ID=$1")
                                        .each(range(11, 20), 1, "/* x */ select id from users where id = $1 -- y"))
                        .reports(REPEATED),
                independent("literals of all kinds", literals()).reports(REPEATED),
                independent(
                                "after a transaction was rolled back and tried again",
                                get("/i")
                                        .begin(1)
                                        .run(20, USER, 1)
                                        .fails("40001", "update users set name = 'x' where id = 1")
                                        .run(0.1, "ROLLBACK")
                                        .begin(2)
                                        .run(20, USER, 1)
                                        .run("update users set name = 'x' where id = 1")
                                        .commit())
                        .tolerates("failed-query")
                        .wants(new Expected("failed-query", null, Evidence.PROVEN, Map.of())));
    }

    private static TestRequest times(int times, double millis, String sql, Object... values) {
        TestRequest request = get("/i");
        for (int i = 0; i < times; i++) {
            request.run(millis, sql, values);
        }
        return request;
    }

    private static TestRequest threeUsers() {
        TestRequest request = get("/i");
        for (int i = 0; i < 20; i++) {
            request.run(2, USER, i % 3);
        }
        return request;
    }

    private static TestRequest fourAndFour(String one, String other) {
        return get("/i").each(range(1, 4), 1, one).each(range(1, 4), 1, other);
    }

    private static TestRequest literals() {
        TestRequest request = get("/i");
        for (int i = 0; i < 12; i++) {
            request.run("select id from users where name = $q$n" + i + "$q$ and code = E'\\'x" + i
                    + "' and bits = B'1' and n = -" + i + ".5e3 and f = " + i + "::int");
        }
        return request;
    }
}
