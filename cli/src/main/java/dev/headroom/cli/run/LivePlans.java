package dev.headroom.cli.run;

import dev.headroom.core.trace.ValueSample;
import dev.headroom.proxy.postgres.catalogue.Plans;
import dev.headroom.server.page.QueryPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The plans of a run's statements, once the app's databases are known. Thread-safe. */
final class LivePlans implements QueryPlans {
    /** A hosting router gives up on a request after as long. */
    private static final int ANALYZE_SECONDS = 30;

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
        return told(known.of(statement));
    }

    @Override
    public List<Execution> executions(long shapeId) {
        Plans known = plans;
        List<Execution> executions = new ArrayList<>();
        if (known != null) {
            for (ValueSample each : known.samples(shapeId)) {
                executions.add(
                        new Execution(each.which().name().toLowerCase(Locale.ROOT), each.database(), each.nanos()));
            }
        }
        return executions;
    }

    @Override
    public Plan analyze(long shapeId, String which) {
        Plans known = plans;
        if (known == null) {
            return new Plan(null, "Not run: the app has not been started yet.");
        }
        ValueSample.Which execution = which.equals("latest") ? ValueSample.Which.LATEST : ValueSample.Which.SLOWEST;
        return told(known.analyze(shapeId, execution, ANALYZE_SECONDS));
    }

    private static Plan told(dev.headroom.proxy.postgres.catalogue.Plan plan) {
        return new Plan(plan.text(), plan.note());
    }

    @Override
    public int analyzeSeconds() {
        return ANALYZE_SECONDS;
    }
}
