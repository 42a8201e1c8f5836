package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.each;
import static dev.headroom.cli.scenario.WireScenario.guard;
import static dev.headroom.cli.scenario.WireScenario.scenario;

import dev.headroom.core.check.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One query per row of another. */
final class LoopScenarios {
    private static final String REPEATED = "repeated-query";
    private static final String USER = "select id, name from users where id = ?";
    private static final String ORDERS = "select id, quantity, user_id from orders order by id limit 20";
    private static final String USERS = "select id from users order by id limit 20";

    private LoopScenarios() {}

    static List<WireScenario> all() {
        List<WireScenario> all = new ArrayList<>();
        for (String settings : List.of(
                "",
                "prepareThreshold=1",
                "prepareThreshold=0",
                "preferQueryMode=simple",
                "preferQueryMode=extendedForPrepared",
                "binaryTransfer=false")) {
            all.add(scenario("1 a look-up per row, beside a decoy with the same integers", each(ORDERS, USER))
                    .over(settings)
                    .reports(REPEATED)
                    .from("orders.user_id", "users.id"));
        }
        all.addAll(byRelation());
        all.addAll(byKey());
        all.addAll(byForm());
        return all;
    }

    private static List<WireScenario> byRelation() {
        return List.of(
                proven(
                        "5 the list of each row",
                        USERS,
                        "select id, street from addresses where user_id = ?",
                        "users.id",
                        "addresses.user_id"),
                proven(
                        "7 a one-to-one",
                        "select id, profile_id from users limit 20",
                        "select bio from profiles where id = ?",
                        "users.profile_id",
                        "profiles.id"),
                proven(
                        "9 a many-to-many",
                        USERS,
                        "select r.id, r.name from roles r join user_roles ur on ur.role_id = r.id where ur.user_id = ?",
                        "users.id",
                        "user_roles.user_id"),
                proven(
                        "10 its inverse",
                        "select id from roles",
                        "select u.name from users u join user_roles ur on ur.user_id = u.id where ur.role_id = ?",
                        "roles.id",
                        "user_roles.role_id"),
                proven(
                        "17 lines of each order",
                        "select id from orders order by id limit 20",
                        "select line, product from order_lines where order_id = ?",
                        "orders.id",
                        "order_lines.order_id"),
                proven(
                        "26 the first by parent",
                        USERS,
                        "select id from addresses where user_id = ? and active order by id limit 1",
                        "users.id",
                        "addresses.user_id"),
                proven(
                        "27 the last by parent",
                        USERS,
                        "select id from orders where user_id = ? order by id desc limit 1",
                        "users.id",
                        "orders.user_id"),
                proven(
                        "42 whether each contains",
                        USERS,
                        "select 1 from user_roles where user_id = ? and role_id = 7",
                        "users.id",
                        "user_roles.user_id"),
                proven(
                        "a count of each",
                        USERS,
                        "select count(*) from addresses where user_id = ?",
                        "users.id",
                        "addresses.user_id"),
                proven(
                        "whether each has any",
                        USERS,
                        "select exists (select 1 from addresses where user_id = ?)",
                        "users.id",
                        "addresses.user_id"),
                proven(
                        "45 the second level after a join",
                        "select o.id, f.company_id from orders o join offices f on f.id = o.office_id order by o.id limit 20",
                        "select name from companies where id = ?",
                        "offices.company_id",
                        "companies.id"),
                proven(
                        "53 through an association",
                        USERS,
                        "select c.name from companies c join offices f on f.company_id = c.id join users u on u.office_id = f.id where u.id = ?",
                        "users.id",
                        "users.id"),
                proven(
                        "text keys",
                        "select code from products limit 20",
                        "select name from products p join order_lines l on l.product = p.code where l.product = ?",
                        "products.code",
                        "order_lines.product"),
                proven(
                        "uuid keys",
                        "select id from documents limit 20",
                        "select name from attachments where document_id = ?",
                        "documents.id",
                        "attachments.document_id"),
                proven(
                        "names in quotes, in a schema",
                        "select \"Item Id\", \"User Id\" from sales.\"Order Item\" limit 20",
                        USER,
                        "sales.Order Item.User Id",
                        "users.id"),
                scenario("60 by type, to two tables", LoopScenarios::polymorphic)
                        .reports(REPEATED)
                        .reports(REPEATED),
                scenario("two relations to one table", LoopScenarios::authorAndUpdater)
                        .reports(REPEATED));
    }

    private static List<WireScenario> byKey() {
        return List.of(
                proven(
                        "a key bound as text",
                        ORDERS,
                        "select name from users where id = ?::text::int",
                        "orders.user_id",
                        "users.id"),
                scenario(
                                "a key compared as text",
                                each(
                                        "select id::text from users limit 20",
                                        "select name from users where id::text = ?"))
                        .reports(REPEATED),
                scenario("keys bound as text", db -> {
                            for (Object user : db.column(ORDERS)) {
                                db.ask("select name from users where id = ?::int", user.toString());
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("keys bound as bigint", db -> {
                            for (Object user : db.column(ORDERS)) {
                                db.ask(USER, ((Number) user).longValue());
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("77 keys as literals", db -> {
                            for (Object user : db.column(ORDERS)) {
                                db.run("select id, name from users where id = " + user);
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("a composite key", db -> {
                            for (List<Object> line :
                                    db.ask("select order_id, line from order_lines order by 1, 2 limit 21")) {
                                db.ask(
                                        "select carrier from shipments where order_id = ? and line = ?",
                                        line.get(0),
                                        line.get(1));
                            }
                        })
                        .reports(REPEATED),
                scenario("a key and a tenant that stays the same", db -> {
                            for (Object user : db.column(ORDERS)) {
                                db.ask("select name from users where 7 = ? and id = ?", 7, user);
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("14 98 keys that no query returned", db -> {
                            for (int id = 1; id <= 12; id++) {
                                db.ask("select value from settings where key = ?", "key." + id);
                            }
                        })
                        .reports(REPEATED)
                        .known(Evidence.LIKELY),
                scenario("only a decoy returned them", each("select quantity from orders order by id limit 20", USER))
                        .reports(REPEATED)
                        .known(Evidence.LIKELY),
                scenario("a sum returned them", each("select user_id + 0 from orders order by id limit 20", USER))
                        .reports(REPEATED)
                        .known(Evidence.LIKELY),
                scenario(
                                "a union returned them",
                                each(
                                        "select user_id from orders where id <= 10 union select id from users where id > 50",
                                        USER))
                        .reports(REPEATED),
                proven(
                        "a CTE returned them",
                        "with recent as (select * from orders order by id limit 20) select user_id from recent",
                        USER,
                        "orders.user_id",
                        "users.id"),
                proven(
                        "a sub-select returned them",
                        "select user_id from (select user_id from orders order by id limit 20) o",
                        USER,
                        "orders.user_id",
                        "users.id"),
                scenario("RETURNING returned them", db -> {
                            for (Object code : db.column(
                                    "update products set name = name where code like 'P-1%' returning code")) {
                                db.ask("select order_id from order_lines where product = ?", code);
                            }
                        })
                        .reports(REPEATED)
                        .from("products.code", "order_lines.product"),
                scenario("a temporary table returned them", db -> {
                            db.run("create temp table picked as select user_id from orders order by id limit 20");
                            each("select user_id from picked", USER).answer(db);
                            db.run("drop table picked");
                        })
                        .reports(REPEATED));
    }

    private static List<WireScenario> byForm() {
        return List.of(
                scenario("2 while the outer result is being read", LoopScenarios::whileReading)
                        .over("defaultRowFetchSize=5")
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("through an SQL cursor", db -> {
                            db.connection().setAutoCommit(false);
                            db.run("declare c cursor for " + ORDERS);
                            for (int piece = 0; piece < 4; piece++) {
                                for (Object user : db.column("fetch forward 5 from c")) {
                                    db.ask(USER, user);
                                }
                            }
                            db.run("close c");
                        })
                        .reports(REPEATED),
                scenario("with PREPARE and EXECUTE", db -> {
                            db.run("prepare by_id (int) as select id, name from users where id = $1");
                            for (Object user : db.column(ORDERS)) {
                                db.run("execute by_id (" + user + ")");
                            }
                            db.run("deallocate by_id");
                        })
                        .reports(REPEATED),
                scenario("two loops interleaved", db -> {
                            for (List<Object> order :
                                    db.ask("select user_id, office_id from orders order by id limit 20")) {
                                db.ask(USER, order.get(0));
                                db.ask("select name from offices where id = ?", order.get(1));
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id")
                        .reports(REPEATED)
                        .from("orders.office_id", "offices.id"),
                scenario("57 78 on three connections at once", LoopScenarios::parallel)
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("each in a savepoint, as ORMs do", db -> {
                            db.connection().setAutoCommit(false);
                            for (Object user : db.column(ORDERS)) {
                                db.run("SAVEPOINT \"s1_x" + user + "\"");
                                db.ask(USER, user);
                                db.run("RELEASE SAVEPOINT \"s1_x" + user + "\"");
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("with a comment that differs each time", db -> {
                            for (Object user : db.column(ORDERS)) {
                                db.ask("select id, name from users where id = ? /* row " + user + " */", user);
                            }
                        })
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario(
                                "38 one value in each list, twin of a batch",
                                each(ORDERS, "select name from users where id in (?)"))
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("a tree walked up, each row naming the next", db -> {
                            Object node = 1;
                            for (int depth = 0; depth < 15; depth++) {
                                node = db.column("select id, parent_id from users where id = ?", node)
                                        .get(0);
                            }
                        })
                        .reports(REPEATED),
                guard("72 a list view that shows its rows, with a look-up for each", db -> {
                            for (List<Object> order : db.ask(ORDERS)) {
                                db.show(order);
                                db.show(db.column(USER, order.get(2)));
                            }
                        })
                        .times(3)
                        .reports(REPEATED)
                        .from("orders.user_id", "users.id"),
                guard(
                                "73 its fixed version",
                                db -> db.ask("select o.id, o.quantity, o.user_id, u.name from orders o"
                                                + " join users u on u.id = o.user_id order by o.id limit 20")
                                        .forEach(db::show))
                        .times(3),
                guard("75 five fast look-ups", each("select user_id from orders order by id limit 5", USER))
                        .mentions(REPEATED)
                        .from("orders.user_id", "users.id"),
                scenario("a loop that feeds a loop", db -> {
                            for (Object company : db.column("select id from companies where id <= 12")) {
                                for (Object office : db.column(
                                        "select id from offices where company_id = ? order by id limit 3", company)) {
                                    db.ask("select name from users where office_id = ?", office);
                                }
                            }
                        })
                        .reports(REPEATED)
                        .from("companies.id", "offices.company_id")
                        .reports(REPEATED)
                        .from("offices.id", "users.office_id"),
                scenario("107 the session store, once per row", db -> {
                            for (int i = 1; i <= 20; i++) {
                                db.ask("select session_data from django_session where session_key = ?", "s" + i);
                            }
                        })
                        .reports(REPEATED),
                scenario("42 requests of one route, of which one loops", db -> {
                            if (db.request() == 3) {
                                each(ORDERS, USER).answer(db);
                            } else {
                                db.ask(ORDERS);
                            }
                        })
                        .times(5)
                        .reports(REPEATED));
    }

    private static WireScenario proven(String name, String feed, String perRow, String from, String to) {
        return scenario(name, each(feed, perRow)).reports(REPEATED).from(from, to);
    }

    private static void polymorphic(Db db) throws Exception {
        for (List<Object> note : db.ask("select target_type, target_id from notes order by id limit 40")) {
            db.ask(note.get(0).equals("user") ? USER : "select id, name from companies where id = ?", note.get(1));
        }
    }

    private static void authorAndUpdater(Db db) throws Exception {
        for (List<Object> order : db.ask("select author_id, updater_id from orders order by id limit 20")) {
            db.ask(USER, order.get(0));
            db.ask(USER, order.get(1));
        }
    }

    private static void whileReading(Db db) throws Exception {
        db.connection().setAutoCommit(false);
        try (PreparedStatement orders = db.connection().prepareStatement(ORDERS);
                ResultSet order = orders.executeQuery()) {
            while (order.next()) {
                db.ask(USER, order.getInt("user_id"));
            }
        }
    }

    private static void parallel(Db db) throws Exception {
        List<Object> users = db.column(ORDERS);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Future<?>> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            int first = part;
            parts.add(threads.submit(() -> {
                Connection own = db.another();
                for (int i = first; i < users.size(); i += 3) {
                    Db.ask(own, USER, users.get(i));
                }
                return null;
            }));
        }
        for (Future<?> part : parts) {
            part.get();
        }
        threads.shutdown();
    }
}
