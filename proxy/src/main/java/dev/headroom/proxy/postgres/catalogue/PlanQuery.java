package dev.headroom.proxy.postgres.catalogue;

import java.io.IOException;
import java.util.Collections;

/** Asks one database how it would run a statement whose values are not known. Blocks. */
final class PlanQuery {
    /** EXPLAIN (GENERIC_PLAN) came with this version (PostgreSQL 16 release notes, E.1.3.3). */
    private static final int GENERIC_PLAN = 160_000;

    /** {@code plan_cache_mode} came with this version (PostgreSQL 12 release notes). */
    private static final int FORCED_PLAN = 120_000;

    private static final String NAME = "headroom_plan";
    private static final String LISTS = " Lists of values count as one value.";

    private PlanQuery() {}

    static Plan run(Plans.Database database, String statement) throws IOException {
        try (OwnConnection connection = OwnConnection.open(database.target(), database.user(), database.name())) {
            connection.query("/* headroom: plan */ begin transaction read only");
            connection.query("set local statement_timeout = '5s'");
            connection.query("set local lock_timeout = '1s'");
            int version = Integer.parseInt(
                    connection.query("show server_version_num").get(0).get(0));
            try {
                return plan(connection, version, statement);
            } catch (RefusedException e) {
                return Plan.unknown("Cannot tell: the server says " + e.getMessage());
            } finally {
                connection.query("rollback");
            }
        }
    }

    private static Plan plan(OwnConnection connection, int version, String statement) throws IOException {
        // Parse takes one statement only, so that what follows cannot be two.
        int parameters = connection.prepare(NAME, statement);
        if (version >= GENERIC_PLAN) {
            return new Plan(
                    OwnConnection.lines(connection.query("explain (generic_plan) " + statement)),
                    "The generic plan: what the server would do without looking at values. Nothing was executed."
                            + LISTS);
        }
        if (version < FORCED_PLAN) {
            return Plan.unknown("Cannot tell: a server before PostgreSQL 12 plans only with values, which Headroom"
                    + " does not keep.");
        }
        connection.query("set local plan_cache_mode = 'force_generic_plan'");
        String values = parameters == 0 ? "" : "(" + String.join(", ", Collections.nCopies(parameters, "null")) + ")";
        return new Plan(
                OwnConnection.lines(connection.query("explain execute " + NAME + values)),
                "The generic plan, with NULL for each value, which matters where a table is partitioned. Nothing was"
                        + " executed." + LISTS);
    }
}
