package dev.headroom.core.sql;

import dev.headroom.core.digest.ValueDigester;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Measures the processor time that reading a statement of Hibernate's length costs, never seen before and seen before. Run by
 * benchmarks/doctor.sh; prints the best of ten rounds.
 */
final class StatementThroughput {
    private static final String SQL = "select o1_0.id,o1_0.created_at,o1_0.office_id,o1_0.total_cents,o1_0.status,"
            + "o1_0.user_id,u1_0.id,u1_0.email,u1_0.first_name,u1_0.last_name,u1_0.company_id from orders o1_0"
            + " left join users u1_0 on u1_0.id=o1_0.user_id where o1_0.office_id=$1 and o1_0.status in ($2,$3,$4)"
            + " order by o1_0.created_at desc offset $5 rows fetch first $6 rows only /* ";
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int TEXTS = 20_000;
    private static final int ROUNDS = 10;

    private StatementThroughput() {}

    public static void main(String[] arguments) {
        byte[][] texts = new byte[TEXTS][];
        for (int i = 0; i < TEXTS; i++) {
            texts[i] = (SQL + (1_000_000 + i) + " */").getBytes(StandardCharsets.UTF_8);
        }
        long uncached = Long.MAX_VALUE;
        long cached = Long.MAX_VALUE;
        long sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            StatementReader reader = new StatementReader(ValueDigester.withRandomSalt());
            long start = CLOCK.getCurrentThreadCpuTime();
            for (byte[] text : texts) {
                sum += reader.read(text, 0, text.length).shape().id();
            }
            long middle = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < TEXTS; i++) {
                sum += reader.read(texts[7], 0, texts[7].length).shape().id();
            }
            cached = Math.min(cached, CLOCK.getCurrentThreadCpuTime() - middle);
            uncached = Math.min(uncached, middle - start);
        }
        System.out.printf(
                Locale.ROOT,
                "%d bytes of SQL: %.2f us never seen before (%.0f MB/s), %.3f us seen before%s%n",
                texts[0].length,
                uncached / 1e3 / TEXTS,
                texts[0].length * 1e3 * TEXTS / uncached,
                cached / 1e3 / TEXTS,
                sum == 0 ? "!" : "");
    }
}
