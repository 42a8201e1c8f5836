package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static dev.headroom.core.check.TestRequest.texts;

import dev.headroom.core.trace.RequestTrace;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/**
 * Measures statements a second of processor time through all checks on one thread: requests of 176 statements like those of the orders
 * example. Run by benchmarks/doctor.sh; prints the best of ten rounds.
 */
final class DoctorThroughput {
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int REQUESTS = 2_000;
    private static final int ROUNDS = 10;

    private DoctorThroughput() {}

    public static void main(String[] arguments) {
        RequestTrace[] traces = new RequestTrace[50];
        for (int i = 0; i < traces.length; i++) {
            traces[i] = orders(i);
        }
        long best = Long.MAX_VALUE;
        long statements = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
            statements = 0;
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < REQUESTS; i++) {
                doctor.request(traces[i % traces.length]);
                statements += traces[i % traces.length].statements();
            }
            doctor.diagnosis();
            best = Math.min(best, CLOCK.getCurrentThreadCpuTime() - start);
        }
        System.out.printf(
                Locale.ROOT,
                "%,d statements through %d checks in %.0f ms of one processor: %,.0f a second%n",
                statements,
                Checks.all().size(),
                best / 1e6,
                statements * 1e9 / best);
    }

    private static RequestTrace orders(int seed) {
        int first = 1_000 + seed * 100;
        TestRequest request = get("/api/orders" + seed % 5)
                .run(
                        "select id, user_id, office_id from orders where status = $1 limit 20",
                        "open",
                        column("orders.id", range(1, 20)),
                        column("orders.user_id", range(first, first + 19)),
                        column("orders.office_id", range(first + 500, first + 519)));
        String[] lookUps = {
            "select id, name from users where id = $1",
            "select id, name, notes from offices where id = $1",
            "select street from addresses where user_id = $1 and active limit 1",
            "select id, name from companies where id = $1",
            "select id from phones where user_id = $1",
            "select id, name from cities where id = $1",
            "select id, amount from invoices where order_id = $1"
        };
        for (String sql : lookUps) {
            for (int i = 0; i < 20; i++) {
                request.run(0.4, sql, first + i, column("t.id", first + i), column("t.name", texts("name", i, i)));
            }
        }
        for (int i = 0; i < 35; i++) {
            request.run(0.4, "select c" + i % 10 + " from settings where name = $1", "n" + i % 10);
        }
        return request.shows(texts("name", 1, 20)).build();
    }
}
