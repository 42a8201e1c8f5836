package dev.headroom.examples.orders;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementCountTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
                    before, /api/orders,             176
                    narrow, /api/orders,              42
                    after,  /api/orders,               4
                    before, /api/offices,            511
                    narrow, /api/offices,            202
                    after,  /api/offices,              4
                    before, /api/offices?company=40, 1562
                    narrow, /api/offices?company=40,  625
                    after,  /api/offices?company=40,    3
                    before, /api/health,               0
                    narrow, /api/health,               0
                    after,  /api/health,               0
                    """)
    void a_page_runs_as_many_statements_as_hibernate_and_postgresql_both_count(
            String stage, String path, int statements) throws IOException, InterruptedException {
        var answer = RunningStage.of(stage).get(path);

        assertThat(answer.hibernateStatements()).isEqualTo(statements);
        assertThat(answer.executions()).hasSize(statements);
        assertThat(answer.executions().stream()
                        .map(PostgresLog.Execution::backend)
                        .distinct())
                .as("connections")
                .hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"before, 20", "narrow, 20"})
    void the_active_address_of_one_user_is_asked_for_20_times_with_the_same_values(String stage, int times)
            throws IOException, InterruptedException {
        var executions = RunningStage.of(stage).get("/api/orders").executions();

        var repeated = executions.stream().collect(groupingBy(Function.identity(), counting()));
        repeated.values().removeIf(count -> count == 1);
        assertThat(repeated).hasSize(1);
        assertThat(repeated.values()).containsExactly((long) times);
        assertThat(repeated.keySet().iterator().next()).satisfies(execution -> {
            assertThat(execution.sql())
                    .contains("from addresses", "user_id=$1", "active", "order by", "fetch first $2 rows only");
            assertThat(execution.parameters()).contains("$1 = ", "$2 = '1'");
        });
    }

    @Test
    void nothing_is_run_twice_with_the_same_values_by_the_offices_or_after() throws IOException, InterruptedException {
        assertThat(RunningStage.of("before").get("/api/offices").executions()).doesNotHaveDuplicates();
        assertThat(RunningStage.of("narrow").get("/api/offices").executions()).doesNotHaveDuplicates();
        assertThat(RunningStage.of("after").get("/api/offices").executions()).doesNotHaveDuplicates();
        assertThat(RunningStage.of("after").get("/api/orders").executions()).doesNotHaveDuplicates();
    }

    @Test
    void before_reads_whole_companies_and_offices_and_the_other_stages_do_not()
            throws IOException, InterruptedException {
        assertThat(RunningStage.of("before").get("/api/orders").executions())
                .anyMatch(execution -> execution.sql().contains("profile"))
                .anyMatch(execution -> execution.sql().contains("directions"));
        for (var stage : new String[] {"narrow", "after"}) {
            assertThat(RunningStage.of(stage).get("/api/orders").executions())
                    .noneMatch(execution -> execution.sql().contains("profile"))
                    .noneMatch(execution -> execution.sql().contains("directions"));
        }
    }
}
