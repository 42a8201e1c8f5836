package dev.headroom.core.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.TestRequest;
import dev.headroom.core.digest.ValueDigester;
import dev.headroom.core.sql.StatementReader;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Digests;
import dev.headroom.core.trace.Query;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTallyTest {
    private static final long MILLI = 1_000_000;

    private final StatementReader reader = new StatementReader(ValueDigester.withRandomSalt());
    private final RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
    private long id;

    @Test
    void groupsStatementsByTheTransactionTheyRanIn() {
        importOrders(1, 3);
        importOrders(2, 9);
        importOrders(3, 3);
        run(0, "SELECT count(*) FROM orders");
        JobSummary job = requireNonNull(
                reporter.report(List.of(), LocalDate.EPOCH).summary().job());
        assertThat(job.statements()).isEqualTo(3 + 3 + 9 + 3 + 1);
        assertThat(job.transactions()).isEqualTo(3);
        assertThat(job.shapes()).isEqualTo(3);
        assertThat(job.groups()).hasSize(2);
        TransactionGroup orders = job.groups().get(0);
        assertThat(orders.begins()).startsWith("INSERT INTO orders");
        assertThat(orders.times()).isEqualTo(3);
        assertThat(orders.statementsMedian()).isEqualTo(4);
        assertThat(orders.statementsMax()).isEqualTo(10);
        assertThat(orders.nanos()).isEqualTo(18 * MILLI);
        assertThat(orders.repeated()).startsWith("INSERT INTO lines");
        assertThat(orders.repeatedTimes()).isEqualTo(9);
        assertThat(job.groups().get(1).begins()).isEmpty();
    }

    @Test
    void aTransactionThatGoesOnAfterASavepointIsOne() {
        run(7, "BEGIN");
        run(7, "INSERT INTO orders (id) VALUES (1)");
        run(7, "SAVEPOINT s");
        run(7, "INSERT INTO lines (id) VALUES (1)");
        run(7, "ROLLBACK TO SAVEPOINT s");
        run(7, "INSERT INTO lines (id) VALUES (2)");
        run(7, "COMMIT");
        JobSummary job = requireNonNull(
                reporter.report(List.of(), LocalDate.EPOCH).summary().job());
        assertThat(job.transactions()).isEqualTo(1);
        assertThat(job.groups().get(0).statementsMax()).isEqualTo(3);
    }

    @Test
    void aTransactionEndsWhereItsConnectionGoesOnWithoutItWhateverEndedIt() {
        run(1, 7, "INSERT INTO orders (id) VALUES (1)");
        run(2, 8, "INSERT INTO orders (id) VALUES (2)");
        run(1, 7, "INSERT INTO lines (id) VALUES (1)");
        run(2, 8, "INSERT INTO lines (id) VALUES (2)");
        run(1, 7, "CALL finish_and_commit()");
        run(1, 9, "INSERT INTO orders (id) VALUES (3)");
        run(2, 0, "SELECT count(*) FROM orders");
        JobSummary job = requireNonNull(
                reporter.report(List.of(), LocalDate.EPOCH).summary().job());
        assertThat(job.transactions()).isEqualTo(3);
        assertThat(job.groups())
                .filteredOn(group -> !group.begins().isEmpty())
                .singleElement()
                .satisfies(group -> assertThat(group.statementsMax()).isEqualTo(3));
    }

    @Test
    void isInTheReportsForPeopleAndForMachines() {
        importOrders(1, 9);
        RunReport report = reporter.report(List.of(), LocalDate.EPOCH);
        assertThat(new TextReport(TextStyle.PLAIN).render(report))
                .containsIgnoringWhitespaces(
                        "What the command ran by itself: 10 statements of 2 shapes in 1 transaction")
                .contains("INSERT INTO orders")
                .contains("9 × in one: INSERT INTO lines")
                .satisfies(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 80));
        assertThat(JsonReport.render(report)).contains("\"repeatedTimes\" : 9");
    }

    @Test
    void anAppThatServedARequestIsNoJob() {
        importOrders(1, 9);
        reporter.request(TestRequest.get("/").build());
        importOrders(2, 9);
        assertThat(reporter.report(List.of(), LocalDate.EPOCH).summary().job()).isNull();
    }

    private void importOrders(long transaction, int lines) {
        run(transaction, "BEGIN");
        run(transaction, "INSERT INTO orders (id) VALUES (1)");
        for (int line = 0; line < lines; line++) {
            run(transaction, "INSERT INTO lines (order_id, number) VALUES (1, " + line + ")");
        }
        run(transaction, "COMMIT");
    }

    private void run(long transaction, String sql) {
        run(1, transaction, sql);
    }

    private void run(long connection, long transaction, String sql) {
        long start = ++id * 2 * MILLI;
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        reporter.outside(new Query(
                id,
                0,
                Attribution.BACKGROUND,
                connection,
                transaction,
                reader.read(text, 0, text.length).shape(),
                null,
                start,
                0,
                start + MILLI,
                1,
                20,
                Digests.NONE,
                true,
                List.of(),
                null));
    }
}
