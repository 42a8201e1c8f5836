package dev.headroom.cli.scenario;

import static dev.headroom.cli.scenario.WireScenario.elsewhere;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.Evidence;
import dev.headroom.core.check.Finding;
import dev.headroom.core.check.Verdict;
import dev.headroom.core.check.VerdictFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios where the driver matters, with psycopg2: values come as literals, transactions begin by themselves. */
class Psycopg2ScenariosTest {
    private static final String REPEATED = "repeated-query";
    private static final String WRITE = "repeated-write";
    private static final String FAILED = "failed-query";
    private static final VerdictFile VERDICTS = new VerdictFile("psycopg2");

    private static Psycopg2App app;

    static List<WireScenario> scenarios() {
        return List.of(
                elsewhere("look_up_per_row").reports(REPEATED).from("orders.user_id", "users.id"),
                elsewhere("look_up_per_row_by_text").reports(REPEATED).from("products.code", "order_lines.product"),
                elsewhere("look_up_per_row_by_uuid").reports(REPEATED).from("documents.id", "attachments.document_id"),
                elsewhere("look_up_per_row_of_a_server_side_cursor").reports(REPEATED),
                elsewhere("comment_that_differs").reports(REPEATED).from("orders.user_id", "users.id"),
                elsewhere("one_list_for_all"),
                elsewhere("lists_as_tuples_and_as_arrays"),
                elsewhere("a_join"),
                elsewhere("four_look_ups"),
                elsewhere("the_same_twice").mentions("duplicate-query").known(Evidence.PROVEN),
                elsewhere("the_same_after_a_write"),
                elsewhere("commas_quotes_and_backslashes"),
                elsewhere("executemany").mentions(WRITE).known(Evidence.PROVEN),
                elsewhere("execute_batch"),
                elsewhere("execute_batch_of_look_ups"),
                elsewhere("execute_batch_of_pages_of_one").mentions(WRITE).known(Evidence.PROVEN),
                elsewhere("execute_values"),
                elsewhere("execute_values_of_single_rows").mentions(WRITE).known(Evidence.PROVEN),
                elsewhere("copy"),
                elsewhere("server_side_cursor"),
                elsewhere("cursor_fetched_one_by_one"),
                elsewhere("missing_table").mentions(FAILED).known(Evidence.PROVEN),
                elsewhere("text_that_cannot_be_parsed").mentions(FAILED).known(Evidence.PROVEN),
                elsewhere("key_that_exists").mentions(FAILED).known(Evidence.PROVEN),
                elsewhere("what_follows_a_failure").mentions(FAILED).saying("sqlState", "23505"),
                elsewhere("commit_after_each_statement")
                        .mentions("transaction-per-statement")
                        .known(Evidence.PROVEN),
                elsewhere("autocommit"),
                elsewhere("one_transaction"),
                elsewhere("held_for_300_ms_after_a_write")
                        .times(4)
                        .reports("idle-in-transaction")
                        .known(Evidence.PROVEN),
                elsewhere("waits_300_ms_before_the_transaction").times(4),
                elsewhere("connection_for_each_request")
                        .times(12)
                        .reports("repeated-set-up")
                        .known(Evidence.PROVEN),
                elsewhere("one_connection_for_all").times(12),
                elsewhere("never_committed")
                        .times(2)
                        .reports("transaction-left-open")
                        .known(Evidence.PROVEN),
                elsewhere("slow_statement").times(3).reports("slow-query"),
                elsewhere("one_slow_among_fast").times(6),
                elsewhere("notes_not_shown").times(4).reports("unused-data").known(Evidence.LIKELY),
                elsewhere("notes_shown").times(4),
                elsewhere("pings"));
    }

    @BeforeAll
    static void open() throws IOException, SQLException {
        app = Psycopg2App.start();
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        if (app != null) {
            app.close();
            VERDICTS.write();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void saysWhatItMust(WireScenario scenario) {
        Traces.Taken taken = app.run(scenario.toString(), scenario.requests()).taken();
        List<Finding> findings = WireStand.diagnose(taken);
        List<Verdict> verdicts = scenario.judge(findings);
        VERDICTS.add(scenario.expectation(), verdicts);

        assertThat(findings.toString()).as("values are never told").doesNotContain("a secret");
        if (!scenario.about("transaction-left-open")) {
            assertThat(taken.outside())
                    .as("statements that found no request")
                    .allSatisfy(query -> assertThat(query.shape().control()).isTrue());
        }
        assertThat(verdicts)
                .as(scenario.toString())
                .allSatisfy(verdict -> assertThat(verdict.kind()).isEqualTo(Verdict.Kind.RIGHT));
    }

    @ParameterizedTest
    @MethodSource("batches")
    void aBatchIsCountedStatementByStatement(String name, long statements) {
        assertThat(app.run(name, 1).taken().requests().get(0).statements()).isEqualTo(statements);
    }

    static List<Object[]> batches() {
        return List.of(
                new Object[] {"executemany", 30L},
                new Object[] {"execute_batch", 250L},
                new Object[] {"execute_values", 3L},
                new Object[] {"copy", 1L});
    }
}
