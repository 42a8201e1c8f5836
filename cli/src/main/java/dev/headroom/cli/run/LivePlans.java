package dev.headroom.cli.run;

import dev.headroom.proxy.postgres.catalogue.Plans;
import dev.headroom.server.page.QueryPlans;
import org.jspecify.annotations.Nullable;

/** The plans of a run's statements, once the app's databases are known. Thread-safe. */
final class LivePlans implements QueryPlans {
    private volatile @Nullable Plans plans;

    /** From now on plans can be asked for. */
    void through(Plans ofTheRun) {
        plans = ofTheRun;
    }

    @Override
    public Plan of(String statement) {
        Plans known = plans;
        if (known == null) {
            return new Plan(null, "Cannot tell: the app has not been started yet.");
        }
        dev.headroom.proxy.postgres.catalogue.Plan plan = known.of(statement);
        return new Plan(plan.text(), plan.note());
    }
}
