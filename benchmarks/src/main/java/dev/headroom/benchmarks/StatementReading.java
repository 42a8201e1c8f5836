package dev.headroom.benchmarks;

import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.digest.ValueReader;
import dev.headroom.core.sql.Statement;
import dev.headroom.core.sql.StatementReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The statement reader and the digests on SQL of the length that Hibernate writes. The unit is an operation on one byte
 * of SQL: 150 operations a microsecond are 150 MB/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatementReading {
    /** Bytes of the statement, which {@link OperationsPerInvocation} must name. */
    static final int LENGTH = 1_024;

    private static final String HIBERNATE =
            "select o1_0.id,o1_0.created_at,o1_0.customer_id,c1_0.id,c1_0.address_id,c1_0.email,c1_0.name,o1_0.note,"
                    + "o1_0.office_id,o2_0.id,o2_0.city,o2_0.company_id,o2_0.name,o1_0.status,o1_0.total from orders o1_0"
                    + " left join customers c1_0 on c1_0.id=o1_0.customer_id left join offices o2_0 on"
                    + " o2_0.id=o1_0.office_id where o1_0.status='OPEN' and o1_0.total>=100.50 and o1_0.id in (";

    /** Bytes of the statement of {@link #unseen}, which {@link OperationsPerInvocation} must name. */
    static final int PREPARED_LENGTH = 353;

    /** Many times more texts than the reader remembers. */
    private static final int DIFFERING = 20_000;

    private static final String PREPARED =
            "select o1_0.id,o1_0.created_at,o1_0.office_id,o1_0.total_cents,o1_0.status,o1_0.user_id,u1_0.id,u1_0.email,"
                    + "u1_0.first_name,u1_0.last_name,u1_0.company_id from orders o1_0 left join users u1_0 on"
                    + " u1_0.id=o1_0.user_id where o1_0.office_id=$1 and o1_0.status in ($2,$3,$4) order by"
                    + " o1_0.created_at desc offset $5 rows fetch first $6 rows only ";

    private static final String SHORT = "SELECT abalance FROM pgbench_accounts WHERE aid = 100000;";

    /** Bytes of the statement of {@link #otherLiteral}, which {@link OperationsPerInvocation} must name. */
    static final int SHORT_LENGTH = 57;

    private final byte[] shortStatement = SHORT.getBytes(StandardCharsets.US_ASCII);
    private final ValueDigester digester = ValueDigester.withRandomSalt();
    private final StatementReader reader = new StatementReader(digester);
    private final ValueReader values = new ValueReader(digester);
    private final byte[] statement = statement();
    private final byte[] uuid = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11".getBytes(StandardCharsets.US_ASCII);
    private final byte[][] differing = differing();
    private int next;
    private int literal;

    private static byte[] statement() {
        StringBuilder text = new StringBuilder(HIBERNATE);
        for (int id = 100_000; text.length() < LENGTH - 8; id++) {
            text.append(id).append(',');
        }
        text.setLength(text.length() - 1);
        while (text.length() < LENGTH - 1) {
            text.append('0');
        }
        return text.append(')').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[][] differing() {
        byte[][] texts = new byte[DIFFERING][];
        for (int i = 0; i < DIFFERING; i++) {
            String commented = PREPARED + "/* " + (1_000_000 + i) + " */";
            texts[i] = commented.getBytes(StandardCharsets.US_ASCII);
            if (texts[i].length != PREPARED_LENGTH) {
                throw new IllegalStateException("the statement has " + texts[i].length + " bytes");
            }
        }
        return texts;
    }

    /**
     * A text that is no longer remembered by the time it comes again, as Hibernate writes it for the extended protocol:
     * lexed and normalised, without literals.
     */
    @Benchmark
    @OperationsPerInvocation(PREPARED_LENGTH)
    public Statement unseen() {
        byte[] text = differing[next];
        next = (next + 1) % DIFFERING;
        return reader.read(text, 0, PREPARED_LENGTH);
    }

    /** A text that was read before: a hash and a compare. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public Statement known() {
        return reader.read(statement, 0, LENGTH);
    }

    /** A text with other literals each time: lexed, normalised, each literal digested. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public Statement unknown() {
        int digits = ++literal;
        for (int i = LENGTH - 2; i > LENGTH - 9; i--, digits /= 10) {
            statement[i] = (byte) ('0' + digits % 10);
        }
        return reader.read(statement, 0, LENGTH);
    }

    /** A short text with another literal each time, as drivers send it that put values into the text themselves. */
    @Benchmark
    @OperationsPerInvocation(SHORT_LENGTH)
    public Statement otherLiteral() {
        int digits = ++literal;
        for (int i = SHORT_LENGTH - 2; i > SHORT_LENGTH - 8; i--, digits /= 10) {
            shortStatement[i] = (byte) ('0' + digits % 10);
        }
        return reader.read(shortStatement, 0, SHORT_LENGTH);
    }

    /** The digest alone. */
    @Benchmark
    @OperationsPerInvocation(LENGTH)
    public long digest() {
        return digester.digest(statement, 0, LENGTH);
    }

    /** One value of a row: 36 bytes of UUID. */
    @Benchmark
    @OperationsPerInvocation(36)
    public long uuid() {
        return values.text(2950, uuid, 0, uuid.length);
    }
}
