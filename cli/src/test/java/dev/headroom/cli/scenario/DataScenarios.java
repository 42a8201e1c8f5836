package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.guard;
import static dev.headroom.cli.scenario.WireScenario.scenario;

import dev.headroom.core.check.Evidence;
import java.util.List;

/** Rows and columns that are fetched, time that is spent, and what the largest group will cost. */
final class DataScenarios {
    private static final String OFFICES = "select id, name, notes from offices order by id limit 60";

    private DataScenarios() {}

    static List<WireScenario> all() {
        return List.of(
                scenario("114 notes are fetched and never shown", db -> {
                            for (List<Object> office : db.ask(OFFICES)) {
                                db.show(office.subList(0, 2));
                            }
                        })
                        .times(4)
                        .reports("unused-data")
                        .known(Evidence.LIKELY),
                scenario("notes are fetched and shown", db -> db.ask(OFFICES).forEach(db::show))
                        .times(4),
                scenario(
                                "only what is shown is fetched",
                                db -> db.show(db.column("select name from offices order by id limit 60")))
                        .times(4),
                scenario(
                                "what filters is not fetched",
                                db -> db.show(
                                        db.column("select name from offices where notes like ? limit 60", "how%")))
                        .times(4),
                scenario(
                                "400 rows are fetched, eight are shown",
                                db -> db.show(
                                        db.column("select name from offices").subList(0, 8)))
                        .times(4)
                        .reports("too-many-rows")
                        .known(Evidence.LIKELY)
                        .tolerates("unused-data"),
                scenario("400 rows are fetched and shown", db -> db.show(db.column("select name from offices")))
                        .times(4),
                scenario(
                                "two lists multiplied",
                                db -> db.ask("select u.id, a.id, o.id from users u join addresses a on a.user_id = u.id"
                                        + " join orders o on o.user_id = u.id where u.id <= 6"))
                        .tolerates("too-many-rows")
                        .reports("wide-result")
                        .known(Evidence.PROVEN),
                scenario(
                        "one list joined",
                        db -> db.ask(
                                "select u.id, a.id from users u join addresses a on a.user_id = u.id where u.id <= 40")),
                scenario(
                        "a chain of to-one joins",
                        db -> db.ask(
                                "select o.id, u.id, f.id, c.id from orders o join users u on u.id = o.user_id"
                                        + " join offices f on f.id = u.office_id join companies c on c.id = f.company_id limit 300")),
                guard("43 a joined table is fetched and never shown", db -> {
                            for (List<Object> row : db.ask(
                                    "select o.id, o.name, o.notes, c.terms from offices o"
                                            + " join companies c on c.id = o.company_id where o.id > 300 order by o.id % 5, o.id limit 60")) {
                                db.show(row.subList(0, 3));
                            }
                        })
                        .times(4)
                        .reports("unused-data")
                        .saying("table", "companies"),
                guard("47 two joined tables are fetched, one is shown", db -> {
                            for (List<Object> row :
                                    db.ask("select u.name, p.bio || ' of ' || repeat('life ', 9) as life,"
                                            + " o.notes, c.terms from users u join profiles p on p.id = u.profile_id"
                                            + " join offices o on o.id = u.office_id join companies c on c.id = o.company_id"
                                            + " order by u.id % 5, u.id limit 60")) {
                                db.show(List.of(row.get(0), row.get(1), row.get(3)));
                            }
                        })
                        .times(4)
                        .reports("unused-data")
                        .saying("table", "offices"),
                guard("66 a joined table and the one behind it are never shown", db -> {
                            for (List<Object> row : db.ask("select u.name, u.email, o.notes, c.terms from users u"
                                    + " join offices o on o.id = u.office_id join companies c on c.id = o.company_id"
                                    + " order by u.id % 5, u.id limit 60")) {
                                db.show(row.subList(0, 2));
                            }
                        })
                        .times(4)
                        .reports("unused-data")
                        .saying("table", "offices")
                        .reports("unused-data")
                        .saying("table", "companies"),
                guard(
                                "69 a joined table is shown as far as there are rows",
                                db -> db.ask("select u.name, o.notes from users u left join offices o"
                                                + " on o.id = u.office_id and o.id > 330 order by u.id limit 60")
                                        .forEach(db::show))
                        .times(4),
                guard(
                                "100 a pattern that may begin with a wildcard, on a large table",
                                db -> db.ask(
                                        "select id, pg_sleep(0.6) from visits where note like ?",
                                        "%sit " + (700 + db.request())))
                        .times(3)
                        .reports("slow-query")
                        .known(Evidence.LIKELY)
                        .saying("likeOn", "visits"),
                guard(
                                "100 the same on a small table is just slow",
                                db -> db.ask(
                                        "select id, pg_sleep(0.6) from offices where name like ?",
                                        "%the office number 7"))
                        .times(3)
                        .reports("slow-query"),
                guard("100 a fast one on a large table", db -> db.ask("select id from visits where note like ?", "%77"))
                        .times(3),
                guard("one slow execution among many fast ones", db -> {
                            for (int i = 1; i <= 4; i++) {
                                db.ask(
                                        "select name, pg_sleep(?) from users where id = ?",
                                        db.request() == 2 && i == 3 ? 0.2 : 0.0,
                                        i);
                            }
                        })
                        .times(6),
                scenario("a statement of 600 ms", db -> db.ask("select name, pg_sleep(0.6) from users where id = ?", 1))
                        .times(3)
                        .reports("slow-query"),
                scenario(
                                "a statement of 10 ms",
                                db -> db.ask("select name, pg_sleep(0.01) from users where id = ?", db.request()))
                        .times(3),
                scenario("forty different statements", db -> {
                            for (int i = 1; i <= 40; i++) {
                                db.ask("select id as c" + i + ", name from users where id = ?", i);
                            }
                        })
                        .mentions("chatty-request")
                        .known(Evidence.HINT),
                scenario("85 three slow ones, none of which needs another", db -> {
                            for (String table : List.of("users", "offices", "companies")) {
                                db.ask("select name, pg_sleep(0.06) from " + table + " where id = ?", 5);
                            }
                        })
                        .mentions("chatty-request"),
                scenario("offices of a company, one by one, in companies of different sizes", db -> {
                            for (Object office : db.column(
                                    "select id from offices where company_id = ?",
                                    new Object[] {41, 42, 43, 44}[db.request() - 1])) {
                                db.ask("select name from users where office_id = ?", office);
                            }
                        })
                        .times(4)
                        .reports("repeated-query")
                        .from("offices.id", "users.office_id")
                        .mentions("growth")
                        .known(Evidence.LIKELY));
    }
}
