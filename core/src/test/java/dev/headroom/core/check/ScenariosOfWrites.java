package dev.headroom.core.check;

import static dev.headroom.core.check.Scenario.independent;
import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.post;
import static dev.headroom.core.check.TestRequest.range;

import java.util.List;
import java.util.stream.IntStream;

/** Writes, transactions and connections. */
final class ScenariosOfWrites {
    private static final String WRITE = "repeated-write";
    private static final String INSERT = "insert into lines (order_id, n) values ($1, $2)";

    private ScenariosOfWrites() {}

    static List<Scenario> all() {
        return List.of(
                independent("99 thirty inserts, one by one", inserts(30, 3))
                        .reports(WRITE)
                        .known(Evidence.PROVEN),
                independent("99 ten small inserts", inserts(10, 0.3)).notes(WRITE),
                independent("four inserts", inserts(4, 3)),
                independent(
                                "thirty updates, one by one",
                                post("/w").each(range(1, 30), 3, "update lines set n = n + 1 where id = $1"))
                        .reports(WRITE),
                independent(
                                "thirty deletes, one by one",
                                post("/w").each(range(1, 30), 3, "delete from lines where id = $1"))
                        .reports(WRITE),
                independent(
                                "an upsert per row",
                                post("/w")
                                        .each(
                                                range(1, 30),
                                                3,
                                                "insert into lines (id) values ($1) on conflict (id) do update set n = 1"))
                        .reports(WRITE),
                independent(
                        "one insert of thirty rows",
                        post("/w")
                                .run(
                                        3,
                                        "insert into lines (id) values "
                                                + String.join(
                                                        ", ",
                                                        IntStream.range(0, 30)
                                                                .mapToObj(i -> "(" + i + ")")
                                                                .toList()))),
                independent("COPY", post("/w").run(30, "copy lines from stdin")),
                independent(
                        "six requests with one insert each",
                        IntStream.range(0, 6)
                                .mapToObj(i -> post("/w").run(INSERT, i, 1))
                                .toArray(TestRequest[]::new)),
                independent("different statements, each committed by itself", singly(25))
                        .reports("transaction-per-statement"),
                independent("one transaction around all", together(25)),
                independent("savepoints around different statements", savepoints()),
                independent("a transaction held over a wait after a write", waiting(true))
                        .reports("idle-in-transaction")
                        .known(Evidence.PROVEN),
                independent("the same wait before the transaction", waiting(false)),
                independent("a statement that fails", failing())
                        .reports("failed-query")
                        .known(Evidence.PROVEN),
                independent(
                        "108 health checks",
                        IntStream.range(0, 30)
                                .mapToObj(i -> get("/health").run("select 1"))
                                .toArray(TestRequest[]::new)),
                independent(
                        "107 a session read and written per request",
                        IntStream.range(0, 8)
                                .mapToObj(ScenariosOfWrites::withSession)
                                .toArray(TestRequest[]::new)),
                independent("a connection asked whether it lives before each use", alive()));
    }

    private static TestRequest inserts(int count, double millis) {
        TestRequest request = post("/w");
        for (int i = 0; i < count; i++) {
            request.run(millis, INSERT, 1, i);
        }
        return request;
    }

    private static TestRequest singly(int count) {
        TestRequest request = post("/w");
        for (int i = 1; i <= count; i++) {
            request.begin(i)
                    .run("select a" + i + " from t" + i + " where id = $1", i)
                    .commit();
        }
        return request;
    }

    private static TestRequest together(int count) {
        TestRequest request = post("/w").begin(1);
        for (int i = 1; i <= count; i++) {
            request.run("select a" + i + " from t" + i + " where id = $1", i);
        }
        return request.commit();
    }

    private static TestRequest savepoints() {
        TestRequest request = post("/w").begin(1);
        for (int i = 1; i <= 12; i++) {
            request.run(0.1, "SAVEPOINT \"s139_x" + i + "\"")
                    .run("insert into t" + i + " (id) values ($1)", i)
                    .run(0.1, "RELEASE SAVEPOINT \"s139_x" + i + "\"");
        }
        return request.commit();
    }

    private static TestRequest[] waiting(boolean inside) {
        TestRequest[] requests = new TestRequest[4];
        for (int i = 0; i < requests.length; i++) {
            TestRequest request = post("/w");
            request = inside ? request : request.waits(400);
            request.begin(i + 1).run("update orders set total = $1 where id = 7", i);
            request = inside ? request.waits(400) : request;
            requests[i] = request.run("select id from orders where id = $1", i).commit();
        }
        return requests;
    }

    private static TestRequest[] failing() {
        return IntStream.range(0, 3)
                .mapToObj(
                        i -> get("/w").fails("42P01", "select id from nowhere").status(500))
                .toArray(TestRequest[]::new);
    }

    private static TestRequest withSession(int number) {
        return get("/w")
                .run(
                        "select session_data from django_session where session_key = $1",
                        "s" + number,
                        column("django_session.session_data", "d" + number))
                .run("select id, name from users where id = $1", number)
                .run("update django_session set session_data = $1 where session_key = $2", "e", "s" + number);
    }

    private static TestRequest alive() {
        TestRequest request = get("/w");
        for (int i = 1; i <= 8; i++) {
            request.run(0.2, "SELECT 1").run("select a from t" + i + " where id = $1", i);
        }
        return request;
    }
}
