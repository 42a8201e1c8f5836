package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;

import dev.headroom.core.trace.RequestTrace;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Measures one request of a million statements, each kept one by one, through all checks: statements a second, the memory
 * that judging it takes beside the request itself, and what is kept of it. Run by benchmarks/doctor.sh.
 */
final class MillionStatements {
    private static final int STATEMENTS = 1_000_000;

    private MillionStatements() {}

    public static void main(String[] arguments) {
        RequestTrace trace = trace();
        long before = usedBytes();
        Doctor doctor = new Doctor(Checks.all(), CheckContext.DEFAULT);
        long start = System.nanoTime();
        doctor.request(trace);
        long nanos = System.nanoTime() - start;
        int findings = doctor.diagnosis().findings().size();
        long kept = usedBytes() - before;
        System.out.printf(
                Locale.ROOT,
                "one request of %,d statements kept one by one: %,.0f a second, %d findings, %.1f MB kept afterwards,"
                        + " in a heap of %,d MB of which the request is %,d MB%n",
                trace.statements(),
                trace.statements() * 1e9 / nanos,
                findings,
                kept / 1e6,
                Runtime.getRuntime().maxMemory() >> 20,
                before >> 20);
    }

    private static RequestTrace trace() {
        int each = STATEMENTS / 4;
        TestRequest request = get("/api/orders")
                .run("select id from orders where shop = $1", 1, column("orders.id", range(1, 1_000)));
        for (int i = 0; i < each; i++) {
            request.run(0.1, "select name from users where id = $1", i);
            request.run(0.1, "select name from settings where key = $1", i % 50);
            request.run(0.1, "select total from lines where order_id = $1", i % 1_000);
            request.run(0.1, "update orders set total = $1 where id = $2", i, i);
        }
        return request.shows("nothing").build();
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
