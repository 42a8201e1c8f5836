package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.each;
import static dev.headroom.cli.scenario.WireScenario.guard;
import static dev.headroom.cli.scenario.WireScenario.scenario;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What looks like waste and is none. */
final class QuietScenarios {
    private static final String USER = "select id, name from users where id = ?";

    private QuietScenarios() {}

    static List<WireScenario> all() {
        List<WireScenario> all = new ArrayList<>();
        all.addAll(fetchedTogether());
        all.addAll(fewOrDifferent());
        all.addAll(ordinary());
        return all;
    }

    private static List<WireScenario> fetchedTogether() {
        return List.of(
                scenario(
                        "3 a join",
                        db -> db.ask(
                                "select o.id, u.name from orders o join users u on u.id = o.user_id order by o.id limit 20")),
                scenario("3 18 one list for all", db -> {
                    List<Object> users = db.column("select user_id from orders order by id limit 20");
                    db.ask("select id, name from users where id in (" + marks(users.size()) + ")", users.toArray());
                }),
                scenario("103 batches of 25, again and again", db -> {
                    for (int batch = 0; batch < 8; batch++) {
                        db.ask("select id from addresses where user_id in (" + marks(25) + ")", (Object[])
                                numbers(batch, 25));
                    }
                }),
                scenario("a loop with a batch of 100 each", db -> {
                    for (int batch = 0; batch < 6; batch++) {
                        db.ask("select id, total from orders where id in (" + marks(100) + ")", (Object[])
                                numbers(batch * 100 + 1, 100));
                    }
                }),
                scenario("lists of lengths from 2 to 12", db -> {
                    for (int length = 2; length <= 12; length++) {
                        db.ask("select name from users where id in (" + marks(length) + ")", (Object[])
                                numbers(length, length));
                    }
                }),
                guard(
                        "twelve look-ups in one message",
                        db -> db.run(IntStream.rangeClosed(1, 12)
                                .mapToObj(id -> "select name from users where id = " + id)
                                .collect(Collectors.joining("; ")))),
                scenario("a data loader's arrays", db -> {
                    for (int batch = 0; batch < 8; batch++) {
                        Array ids = db.connection().createArrayOf("int4", numbers(batch * 5 + 1, 3 + batch % 3));
                        db.ask("select name from users where id = any (?)", ids);
                    }
                }),
                scenario("pairs of a composite key in a list", db -> {
                    for (int batch = 1; batch <= 12; batch++) {
                        db.ask(
                                "select product from order_lines where (order_id, line) in ((?, ?), (?, ?))",
                                batch,
                                1,
                                batch + 12,
                                2);
                    }
                }),
                scenario("a list joined as VALUES", db -> {
                    for (int batch = 1; batch <= 12; batch++) {
                        db.ask(
                                "select u.name from users u join (values (?), (?), (?)) as v (id) on v.id = u.id",
                                batch,
                                batch + 12,
                                batch + 24);
                    }
                }),
                scenario("32 two collections of one type, each at once", db -> {
                    db.ask("select id from addresses where user_id in (1, 2, 3) and active");
                    db.ask("select id from addresses where user_id in (1, 2, 3) and not active");
                }),
                scenario(
                        "52 68 rows of a join table with an id",
                        db -> db.ask(
                                "select ur.id, r.name from user_roles ur join roles r on r.id = ur.role_id limit 60")),
                scenario(
                                "65 71 an eager fetch that returns nothing",
                                db -> db.ask(
                                        "select o.id, n.text from orders o left join notes n on n.id = -o.id limit 20"))
                        .times(4),
                scenario("a cursor read piece by piece", db -> {
                    db.connection().setAutoCommit(false);
                    db.run("declare c cursor for select id, name from users");
                    for (int piece = 0; piece < 12; piece++) {
                        db.ask("fetch forward 5 from c");
                    }
                    db.run("close c");
                }),
                scenario("the driver's cursor read piece by piece", db -> {
                            db.connection().setAutoCommit(false);
                            db.ask("select id, name from users");
                        })
                        .over("defaultRowFetchSize=4"),
                scenario("pages by key: each asks for what follows the last", db -> {
                            Object last = 0;
                            for (int page = 0; page < 6; page++) {
                                List<Object> ids =
                                        db.column("select id from orders where id > ? order by id limit 100", last);
                                last = ids.get(ids.size() - 1);
                            }
                        })
                        .tolerates("repeated-query"),
                scenario(
                                "one page per request, with another offset each",
                                db -> db.ask(
                                        "select id, name from users order by id limit 10 offset " + db.request() * 10))
                        .times(6));
    }

    private static List<WireScenario> fewOrDifferent() {
        return List.of(
                scenario("51 91 one row, one look-up", db -> {
                    Object user =
                            db.column("select user_id from orders where id = 1").get(0);
                    db.ask(USER, user);
                }),
                scenario(
                        "23 82 one short of the threshold",
                        each("select user_id from orders order by id limit 4", USER)),
                scenario("24 no rows, no look-ups", each("select user_id from orders where id < 0", USER)),
                scenario(
                        "19 63 one collection counted",
                        db -> db.ask("select count(*) from addresses where user_id = ?", 3)),
                scenario("29 the same query twice with other values", db -> {
                    db.ask(USER, 1);
                    db.ask(USER, 2);
                }),
                scenario("74 a detail view with look-ups of its own", db -> {
                    for (String table : List.of(
                            "users",
                            "offices",
                            "companies",
                            "profiles",
                            "roles",
                            "orders",
                            "addresses",
                            "notes",
                            "jobs")) {
                        db.ask("select * from " + table + " where id = ?", 5);
                    }
                }),
                scenario("88 four in each of six requests", db -> {
                            for (int i = 1; i <= 4; i++) {
                                db.ask(USER, db.request() * 4 + i);
                            }
                        })
                        .times(6),
                scenario("90 the same on both sides of a redirect", db -> db.ask(USER, 1))
                        .times(2),
                scenario("tables of one name in two schemas", db -> {
                    for (int i = 1; i <= 4; i++) {
                        db.ask("select name from sales.users where id = ?", i);
                        db.ask("select name from users where id = ?", i);
                    }
                }),
                scenario("111 a comma inside a value", db -> {
                    db.ask("select id from users where name = ? and email = ?", "x,", "y");
                    db.ask("select id from users where name = ? and email = ?", "x", ",y");
                }),
                scenario("83 the time goes to another service", db -> {
                            db.ask(USER, 1);
                            Thread.sleep(120);
                            db.ask(USER, 2);
                        })
                        .times(3),
                scenario("80 texts longer than what is kept", db -> {
                            String columns = IntStream.range(0, 800)
                                    .mapToObj(i -> "name as a_name_that_is_long_" + i)
                                    .collect(Collectors.joining(", "));
                            for (int i = 1; i <= 12; i++) {
                                db.ask("select " + columns + " from users where id = ?", i);
                            }
                        })
                        .tolerates("wide-result"));
    }

    private static List<WireScenario> ordinary() {
        return List.of(
                scenario("108 health checks", db -> db.ask("select 1")).times(12),
                scenario("107 a session read and written per request", db -> {
                            db.ask("select session_data from django_session where session_key = ?", "s" + db.request());
                            db.ask(USER, db.request());
                            db.write(
                                    "update django_session set session_data = ? where session_key = ?",
                                    "d",
                                    "s" + db.request());
                        })
                        .times(8),
                scenario("a connection asked whether it lives before each use", db -> {
                    for (String table : List.of("users", "offices", "companies", "profiles", "roles", "orders")) {
                        db.connection().isValid(1);
                        db.run("SELECT 1");
                        db.ask("select * from " + table + " where id = ?", 5);
                    }
                }),
                scenario("the driver asks the catalogue", db -> {
                            for (String table : List.of("users", "orders", "offices", "roles", "jobs", "notes")) {
                                try (ResultSet columns =
                                        db.connection().getMetaData().getColumns(null, "public", table, null)) {
                                    while (columns.next()) {
                                        columns.getString("COLUMN_NAME");
                                    }
                                }
                            }
                        })
                        .tolerates("repeated-query"),
                scenario("96 tables are created and filled", db -> {
                    for (int i = 0; i < 8; i++) {
                        db.run("create table migrated_" + i + " (id int primary key, n int)");
                        db.run("create index on migrated_" + i + " (n)");
                        db.run("drop table migrated_" + i);
                    }
                }),
                scenario("locks by name, taken and given back", db -> {
                    for (int i = 0; i < 6; i++) {
                        db.ask("select pg_advisory_lock(?)", 42);
                        db.ask("select pg_advisory_unlock(?)", 42);
                    }
                }),
                scenario("numbers from a sequence", db -> {
                    for (int i = 0; i < 12; i++) {
                        db.ask("select nextval('audit_id_seq')");
                    }
                }),
                scenario("LISTEN, and a notice to each of twelve", db -> {
                            db.run("listen orders");
                            for (int i = 0; i < 12; i++) {
                                db.ask("select pg_notify(?, ?)", "orders", "order " + i);
                            }
                            db.run("unlisten *");
                        })
                        .tolerates("repeated-query"),
                scenario(
                        "105 exists, with a limit and no order",
                        db -> db.ask("select 1 from users where email = ? limit 1", "u7@example.org")),
                scenario("97 113 three that need each other, side by side with nothing", db -> {
                    Object office = db.column("select office_id from users where id = 1")
                            .get(0);
                    Object company = db.column("select company_id from offices where id = ?", office)
                            .get(0);
                    db.ask("select name from companies where id = ?", company);
                }),
                scenario("savepoints around different writes", db -> {
                    db.connection().setAutoCommit(false);
                    for (String table : List.of("users", "offices", "companies", "roles", "jobs", "notes")) {
                        db.run("SAVEPOINT \"s139_" + table + "\"");
                        db.write("update " + table + " set id = id where id = ?", 5);
                        db.run("RELEASE SAVEPOINT \"s139_" + table + "\"");
                    }
                }),
                scenario("one pooled connection for twenty requests", db -> db.ask(USER, db.request()))
                        .times(20),
                scenario("three look-ups on three connections at once", db -> {
                    List<Thread> threads = new ArrayList<>();
                    for (String table : List.of("users", "offices", "companies")) {
                        Connection own = db.another();
                        threads.add(new Thread(() -> {
                            try {
                                Db.ask(own, "select name, pg_sleep(0.06) from " + table + " where id = ?", 5);
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        }));
                    }
                    threads.forEach(Thread::start);
                    for (Thread thread : threads) {
                        thread.join();
                    }
                }));
    }

    private static String marks(int count) {
        return IntStream.range(0, count).mapToObj(i -> "?").collect(Collectors.joining(", "));
    }

    private static Integer[] numbers(int from, int count) {
        return IntStream.range(from, from + count).boxed().toArray(Integer[]::new);
    }
}
