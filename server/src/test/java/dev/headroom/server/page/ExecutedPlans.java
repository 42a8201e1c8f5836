package dev.headroom.server.page;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plans of a run that kept values, as PostgreSQL prints them, with markup where names and values are. */
final class ExecutedPlans implements QueryPlans {
    private static final String EXECUTED = """
            [{"Plan": {"Node Type": "Nested Loop", "Startup Cost": 0.28, "Plan Rows": 20, "Actual Total Time": 3.25,
               "Actual Rows": 20, "Actual Loops": 1, "Shared Hit Blocks": 64, "Shared Read Blocks": 3, "Plans": [
                {"Node Type": "Index Scan", "Relation Name": "orders", "Index Name": "orders_pkey", "Plan Rows": 20,
                 "Index Cond": "(id < 21)", "Actual Total Time": 0.05, "Actual Rows": 20, "Actual Loops": 1},
                {"Node Type": "Seq Scan", "Relation Name": "address <i>", "Plan Rows": 900, "Actual Total Time": 0.15,
                 "Filter": "(user_id = 7)", "Rows Removed by Filter": 12000, "Actual Rows": 1, "Actual Loops": 20}]},
              "Planning Time": 0.4, "Execution Time": 3.5}]
            """;

    /** Which executions were run again. */
    final List<String> executed = new CopyOnWriteArrayList<>();

    @Override
    public Plan of(String statement) {
        return new Plan("Nested Loop", "Nothing was executed.");
    }

    @Override
    public List<Execution> executions(long shapeId) {
        return List.of(
                new Execution("slowest", "shop <b>", 55_000_000), new Execution("latest", "shop <b>", 4_000_000));
    }

    @Override
    public Plan analyze(long shapeId, String which) {
        executed.add(which);
        return new Plan(EXECUTED, "Executed; rolled back <u>.");
    }

    @Override
    public int analyzeSeconds() {
        return 30;
    }
}
