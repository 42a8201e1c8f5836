package dev.headroom.core.check;

import static dev.headroom.core.check.Scenario.note;
import static dev.headroom.core.check.Scenario.problem;
import static dev.headroom.core.check.Scenario.silent;
import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.post;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.texts;

import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.ResultColumn;
import java.util.ArrayList;
import java.util.List;

/** What the field's detectors were built for, or got wrong, as traces. */
final class Scenarios {
    private static final String REPEATED = RepeatedQueryCheck.ID;
    private static final String DUPLICATE = DuplicateQueryCheck.ID;
    private static final String USER = "select u.id, u.name from users u where u.id = $1";
    private static final String ADDRESSES = "select id, street from addresses where user_id = $1";

    private Scenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(lazyLoading());
        all.addAll(finders());
        all.addAll(associations());
        all.addAll(runsOfStatements());
        all.addAll(windows());
        all.addAll(data());
        return all;
    }

    private static List<Scenario> lazyLoading() {
        TestRequest streamed = orders("/stream");
        for (int chunk = 0; chunk < 4; chunk++) {
            streamed.run("fetch forward 5 from c", column("orders.user_id", range(201 + chunk * 5, 205 + chunk * 5)))
                    .each(range(201 + chunk * 5, 205 + chunk * 5), 0.5, USER);
        }
        return List.of(
                problem("1 lazy many-to-one in a loop", REPEATED, orders("/1").each(range(101, 120), 0.5, USER)),
                problem("2 the same through a server-side cursor", REPEATED, streamed),
                silent(
                        "3 with a join",
                        get("/3")
                                .run(
                                        "select o.id, u.name from orders o join users u on u.id = o.user_id",
                                        column("orders.id", range(1, 20)))),
                silent(
                        "3 with one batch",
                        orders("/3b").run("select id from users where id in ($1, $2, $3)", 101, 102, 103)),
                problem("5 one-to-many in a loop", REPEATED, users("/5").each(range(1, 20), 0.5, ADDRESSES)),
                silent(
                        "6 the same collection read twice on one owner",
                        get("/6").run(ADDRESSES, 1)),
                problem(
                        "7 owning one-to-one",
                        REPEATED,
                        get("/7")
                                .run("select id, profile_id from users", column("users.profile_id", range(50, 69)))
                                .each(range(50, 69), 0.5, "select id, bio from profiles where id = $1")),
                problem(
                        "9 many-to-many",
                        REPEATED,
                        users("/9")
                                .each(
                                        range(1, 20),
                                        0.5,
                                        "select r.id from roles r join user_roles ur on ur.role_id = r.id where ur.user_id = $1")),
                problem("14 find by id in a loop", REPEATED, get("/14").each(range(1, 20), 0.5, USER)),
                silent(
                        "18 initialised in bulk",
                        users("/18").run("select id from addresses where user_id in (1,2,3,4,5,6,7,8)")),
                silent("19 one initialised", users("/19").run(ADDRESSES, 1)),
                silent(
                        "21 polymorphic null",
                        get("/21").run("select id, target_id from notes", column("notes.target_id", new Object[2]))),
                silent("23 below the threshold", orders("/23").each(range(101, 104), 2, USER)),
                silent("24 empty result", get("/24").run("select id, user_id from orders")));
    }

    private static List<Scenario> finders() {
        TestRequest unique = post("/31");
        for (int i = 1; i <= 12; i++) {
            unique.run("select 1 from users where email = $1", "u" + i)
                    .run("insert into users (email) values ($1)", "u" + i);
        }
        TestRequest commented = get("/38");
        for (int i = 1; i <= 12; i++) {
            commented.run("/* trace " + i + " */ select id from  users\n where id in (" + i + ")");
        }
        return List.of(
                problem(
                        "26 find first by parent in a loop",
                        REPEATED,
                        users("/26")
                                .each(
                                        range(1, 20),
                                        0.5,
                                        "select id from addresses where user_id = $1 and active order by id limit 1")),
                problem(
                        "27 last by parent",
                        REPEATED,
                        users("/27")
                                .each(
                                        range(1, 20),
                                        0.5,
                                        "select id from orders where user_id = $1 order by id desc limit 1")),
                silent(
                        "29 the same query inside and outside a lambda",
                        get("/29").run(USER, 1).run(USER, 2)),
                note("31 a uniqueness check for each save", REPEATED, unique).tolerates(RepeatedWriteCheck.ID),
                silent(
                        "32 two collections of one type, both loaded in bulk",
                        users("/32")
                                .run("select id from addresses where user_id in (1,2,3) and kind = 'home'")
                                .run("select id from addresses where user_id in (1,2,3) and kind = 'work'")),
                problem("38 comments and white space differ", REPEATED, commented));
    }

    private static List<Scenario> associations() {
        TestRequest two = get("/45")
                .run(
                        "select o.id, f.id, f.company_id from orders o join offices f on f.id = o.office_id",
                        column("orders.id", range(1, 20)),
                        column("offices.company_id", range(301, 320)));
        TestRequest created =
                post("/55").run("insert into orders (user_id) values ($1) returning id", 1, column("orders.id", 900));
        for (int i = 1; i <= 4; i++) {
            created.run("insert into lines (order_id, n) values ($1, $2)", 900, i);
        }
        TestRequest handedOff = orders("/57").attribution(Attribution.EXACT);
        for (int i = 101; i <= 120; i++) {
            handedOff.on(i % 3 + 2).run(USER, i);
        }
        return List.of(
                silent(
                        "40 the back-reference is already set",
                        users("/40").run("select id, user_id from addresses where user_id in (1,2,3)")),
                problem(
                        "42 contains() on a lazy collection",
                        REPEATED,
                        users("/42")
                                .each(
                                        range(1, 20),
                                        0.5,
                                        "select 1 from user_roles where user_id = $1 and role_id = 7")),
                problem(
                        "45 level 2 is not fetched",
                        REPEATED,
                        two.each(range(301, 320), 0.5, "select id, name from companies where id = $1")),
                silent(
                        "51 only one child row",
                        get("/51")
                                .run("select id, user_id from orders where id = 1", column("orders.user_id", 5))
                                .run(USER, 5)),
                problem(
                        "53 through an association",
                        REPEATED,
                        users("/53")
                                .each(
                                        range(1, 20),
                                        0.5,
                                        "select c.id from companies c join offices f on f.company_id = c.id where f.user_id = $1")),
                silent(
                        "55 children of a parent just created",
                        created.run("select id from lines where order_id = $1", 900)),
                problem("57 handed off to other threads and connections", REPEATED, handedOff),
                silent(
                        "63 size() of one object's collection",
                        get("/63").run("select count(*) from addresses where user_id = $1", 1)),
                silent(
                        "65 an eager fetch that returns nothing",
                        get("/65")
                                .run(
                                        "select o.id, u.name from orders o left join users u on u.id = o.user_id",
                                        column("orders.id", range(1, 20)),
                                        column("users.name", new Object[20]))),
                silent(
                        "68 rows of a projection",
                        get("/68").run("select id, name from users", column("users.id", range(1, 50)))));
    }

    private static List<Scenario> runsOfStatements() {
        TestRequest literals = orders("/77");
        TestRequest overlapping = orders("/78");
        for (int i = 101; i <= 120; i++) {
            literals.run("select id, name from users where id = " + i);
            overlapping.on(2 + i % 3).overlapping(5, USER, i);
        }
        TestRequest detail = get("/74");
        for (String table : List.of("users", "offices", "companies", "prices", "notes", "tags", "files")) {
            detail.run(2, "select id, name from " + table + " where id = $1", 5);
        }
        return List.of(
                problem(
                        "72 a list with a look-up per row",
                        REPEATED,
                        orders("/72").each(range(101, 120), 0.5, USER)),
                silent(
                        "73 its fixed version",
                        get("/73")
                                .run(
                                        "select o.id, u.name from orders o join users u on u.id = o.user_id",
                                        column("orders.id", range(1, 20)))),
                silent("74 a detail view with several different look-ups", detail),
                note("75 a fast one, 5 x 0.3 ms", REPEATED, orders("/75").each(range(101, 105), 0.3, USER)),
                problem("77 literals instead of binds", REPEATED, literals),
                problem("78 executions that overlap", REPEATED, overlapping),
                silent(
                        "80 truncated SQL",
                        get("/80")
                                .each(
                                        range(1, 20),
                                        1,
                                        "select " + "a_long_column_name, ".repeat(2_000) + "b from t where id = $1")),
                silent("82 one short of the threshold", orders("/82").each(range(101, 104), 5, USER)),
                silent(
                        "83 the time is spent elsewhere",
                        get("/83")
                                .run("select id from orders where id = 1")
                                .waits(2_000)
                                .run(USER, 1)),
                note(
                        "85 three independent SELECTs one after another",
                        ChattyRequestCheck.ID,
                        get("/85")
                                .run(60, "select a from t where id = 1")
                                .run(60, "select b from u where id = 2")
                                .run(60, "select c from v where id = 3")),
                silent(
                        "87 little time to save",
                        get("/87")
                                .run(1, "select a from t where id = 1")
                                .run(1, "select b from u where id = 2")
                                .run(1, "select c from v where id = 3")),
                silent(
                        "88 four in each of two requests",
                        orders("/88").each(range(101, 104), 1, USER),
                        orders("/88").each(range(105, 108), 1, USER)),
                silent(
                        "113 siblings that overlap",
                        get("/113")
                                .overlapping(60, "select a from t where id = 1")
                                .overlapping(60, "select b from u where id = 2")
                                .overlapping(60, "select c from v where id = 3")));
    }

    private static List<Scenario> windows() {
        TestRequest commas = get("/111");
        TestRequest slow = orders("/slow");
        TestRequest interleaved = orders("/interleaved");
        for (int i = 101; i <= 120; i++) {
            commas.run("select a from t where b = 'x,' and c = 'y'").run("select a from t where b = 'x' and c = ',y'");
            slow.run(USER, i).waits(900);
            interleaved.run(USER, i).run("select " + "n" + i + " from t" + i);
        }
        TestRequest inserts = post("/99");
        for (int i = 0; i < 10; i++) {
            inserts.run("insert into lines (order_id, n) values ($1, $2)", 1, i);
        }
        TestRequest batched = orders("/103");
        for (int i = 1; i <= 8; i++) {
            batched.run("select id from users where id in ($1, $2, $3)", i, i + 10, i + 20);
        }
        return List.of(
                silent("91 a loop over a list of one", get("/91").run(USER, 1)),
                problem(
                        "97 the identical SELECT twice",
                        DUPLICATE,
                        get("/97").run(20, USER, 1).run(20, USER, 1)),
                problem("98 same SQL, other values", REPEATED, get("/98").each(range(1, 12), 1, USER)),
                note("99 the same INSERT repeated", RepeatedWriteCheck.ID, inserts),
                silent("103 fetched in batches", batched),
                problem(
                        "103 its unbatched twin",
                        REPEATED,
                        orders("/103b").each(range(101, 120), 0.5, "select id from users where id in ($1)")),
                silent(
                        "105 exists with a limit and no order",
                        get("/105").run("select 1 from users where email = $1 limit 1", "a")),
                silent(
                        "107 the session store",
                        get("/107")
                                .run("select session_data from django_session where session_key = $1", "k")
                                .run("select id from users where id = $1", 1)),
                problem(
                        "107 the session store, once per row",
                        REPEATED,
                        get("/107b")
                                .each(
                                        range(1, 20),
                                        0.5,
                                        "select session_data from django_session where session_key = $1")),
                silent("108 a health check", get("/health").run("select 1")),
                problem(
                        "109 same values are duplicates",
                        DUPLICATE,
                        get("/109")
                                .run(USER, 1)
                                .run(USER, 1)
                                .run(USER, 1)
                                .run(USER, 1)
                                .run(USER, 1)),
                problem("111 a comma inside a value", DUPLICATE, commas),
                problem("slow loops are not missed by a time window", REPEATED, slow),
                problem("interleaved repeats are not missed", REPEATED, interleaved));
    }

    private static List<Scenario> data() {
        List<TestRequest> unseen = new ArrayList<>();
        List<TestRequest> seen = new ArrayList<>();
        List<TestRequest> keys = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Object[] notes = texts("a long note that nobody reads ".repeat(20) + i, 1, 20);
            Object[] names = texts("office in the city of " + i, 1, 20);
            ResultColumn[] columns = {column("offices.name", names), column("offices.notes", notes)};
            unseen.add(get("/114")
                    .run("select name, notes from offices", (Object[]) columns)
                    .shows(names));
            seen.add(get("/114b")
                    .run("select name, notes from offices", (Object[]) columns)
                    .shows(names, notes[3]));
            keys.add(get("/114c")
                    .run("select name, notes from offices", (Object[]) columns)
                    .run("select id from x where notes in ($1)", notes[4])
                    .shows(names));
        }
        return List.of(
                problem("114 a column that is never shown", UnusedDataCheck.ID, unseen.toArray(TestRequest[]::new)),
                silent("114 a column that is shown once", seen.toArray(TestRequest[]::new)),
                silent("114 a column that another query asks with", keys.toArray(TestRequest[]::new)));
    }

    private static TestRequest orders(String route) {
        return get(route)
                .run(
                        "select id, user_id from orders limit 20",
                        column("orders.id", range(1, 20)),
                        column("orders.user_id", range(101, 120)));
    }

    private static TestRequest users(String route) {
        return get(route)
                .run(
                        "select id, name from users",
                        column("users.id", range(1, 20)),
                        column("users.name", texts("user", 1, 20)));
    }
}
