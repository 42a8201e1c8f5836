package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.scenario;

import dev.headroom.core.check.Evidence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** When asking again is asking the same. */
final class RepetitionScenarios {
    private static final String DUPLICATE = "duplicate-query";
    private static final String USER = "select id, name from users where id = ?";

    private RepetitionScenarios() {}

    static List<WireScenario> all() {
        List<WireScenario> all = new ArrayList<>();
        all.addAll(theSame());
        all.addAll(notTheSame());
        all.addAll(otherEyes());
        return all;
    }

    private static WireScenario duplicate(String name, WireScenario.Work work) {
        return scenario(name, work).mentions(DUPLICATE).known(Evidence.PROVEN);
    }

    private static WireScenario between(String name, WireScenario.Work between) {
        return scenario(name, twice(between));
    }

    private static WireScenario.Work twice(WireScenario.Work between) {
        return db -> {
            db.ask(USER, 7);
            between.answer(db);
            db.ask(USER, 7);
        };
    }

    private static List<WireScenario> theSame() {
        return List.of(
                duplicate("97 asked twice", twice(db -> {})),
                duplicate("109 asked six times", db -> {
                    for (int i = 0; i < 6; i++) {
                        db.ask(USER, 7);
                    }
                }),
                duplicate("twenty rows that name three users", db -> {
                    for (int i = 0; i < 20; i++) {
                        db.ask(USER, 1 + i % 3);
                    }
                }),
                duplicate("a page's count asked twice", db -> {
                    db.ask("select count(*) from orders where office_id > ?", 310);
                    db.ask("select id from orders where office_id > ? order by id limit 10", 310);
                    db.ask("select count(*) from orders where office_id > ?", 310);
                }),
                duplicate("a literal here, bound there", db -> {
                    db.run("select id, name from users where id = 7");
                    db.run("select id, name from users where id = 7");
                }),
                duplicate(
                        "other tables were written in between",
                        twice(db -> db.write("insert into audit (what) values (?)", "x"))),
                duplicate("on two connections", db -> {
                    db.ask(USER, 7);
                    Db.ask(db.another(), USER, 7);
                }));
    }

    private static List<WireScenario> notTheSame() {
        return List.of(
                between("after an update", db -> db.write("update users set name = name where id = ?", 9)),
                between(
                        "after an update in a CTE",
                        db -> db.ask(
                                "with w as (update users set name = name where id = ? returning id) select * from w",
                                9)),
                between(
                        "after MERGE",
                        db -> db.write(
                                "merge into users u using (values (?)) as v (id) on v.id = u.id when matched then update set name = u.name",
                                9)),
                between("after an update on another connection", db -> {
                    Connection other = db.another();
                    Db.ask(other, "update users set name = name where id = ? returning id", 9);
                }),
                between(
                        "after an update in a DO block",
                        db -> db.run("do $$ begin update users set name = name where id = 9; end $$")),
                between("after a function that writes", db -> db.ask("select rename(?)", 7)),
                scenario("rows in an order by chance", db -> {
                    db.ask("select id, name from users order by random() limit 5");
                    db.ask("select id, name from users order by random() limit 5");
                }),
                scenario("taken from a queue until it is empty", db -> {
                    db.connection().setAutoCommit(false);
                    for (int i = 0; i < 4; i++) {
                        Object job = db.column(
                                        "select id from jobs where state = 'new' order by id limit 1 for update skip locked")
                                .get(0);
                        db.write("update jobs set state = 'done' where id = ?", job);
                    }
                }),
                scenario("a clock", db -> {
                    db.ask("select clock_timestamp(), name from users where id = ?", 7);
                    db.ask("select clock_timestamp(), name from users where id = ?", 7);
                }),
                scenario("tried again after a conflict", db -> {
                            db.connection().setAutoCommit(false);
                            for (int attempt = 1; attempt <= 2; attempt++) {
                                db.ask(USER, 7);
                                try {
                                    db.run(
                                            attempt == 1
                                                    ? "do $$ begin raise exception 'again' using errcode = '40001'; end $$"
                                                    : "update users set name = name where id = 7");
                                    db.connection().commit();
                                } catch (SQLException e) {
                                    db.connection().rollback();
                                }
                            }
                        })
                        .mentions("failed-query"));
    }

    private static List<WireScenario> otherEyes() {
        return List.of(
                scenario("the same text in each tenant's schema", db -> {
                    for (int tenant = 1; tenant <= 2; tenant++) {
                        db.run("set search_path to tenant_" + tenant);
                        db.ask("select id from users where id = ?", 7);
                    }
                    db.run("set search_path to public");
                }),
                scenario("a count in each tenant's schema", db -> {
                    for (int tenant = 1; tenant <= 2; tenant++) {
                        db.run("set search_path to tenant_" + tenant);
                        db.ask("select count(*) from users");
                    }
                    db.run("set search_path to public");
                }),
                scenario("the same after set_config, as row security needs", db -> {
                    for (int tenant = 1; tenant <= 2; tenant++) {
                        db.ask("select set_config('app.tenant', ?, false)", "tenant " + tenant);
                        db.ask("select count(*) from orders");
                    }
                }),
                scenario("the same after SET LOCAL", db -> {
                    db.connection().setAutoCommit(false);
                    for (int tenant = 1; tenant <= 2; tenant++) {
                        db.run("set local app.tenant = '" + tenant + "'");
                        db.ask("select count(*) from orders");
                    }
                }));
    }
}
