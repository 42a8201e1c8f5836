package dev.headroom.server.compare;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One route in two runs.
 *
 * @param operation method and route
 * @param requestsBefore its requests in the first run, 0 for none
 * @param requestsAfter its requests in the second run, 0 for none
 * @param changes each figure; empty where one run has no request
 */
public record RouteComparison(String operation, int requestsBefore, int requestsAfter, Map<Metric, Change> changes) {
    public RouteComparison {
        changes = Map.copyOf(changes);
    }

    static RouteComparison of(String operation, @Nullable RouteFigures before, @Nullable RouteFigures after) {
        Map<Metric, Change> changes = new EnumMap<>(Metric.class);
        if (before != null && after != null) {
            for (Metric metric : Metric.values()) {
                Spread one = before.spreads().get(metric);
                Spread other = after.spreads().get(metric);
                if (one != null && other != null) {
                    changes.put(metric, Change.of(metric, one, other));
                }
            }
        }
        return new RouteComparison(
                operation, before == null ? 0 : before.requests(), after == null ? 0 : after.requests(), changes);
    }

    /** Whether any figure is better or worse beyond the noise, or only one run has the route. */
    public boolean differs() {
        return requestsBefore == 0 != (requestsAfter == 0)
                || changes.values().stream()
                        .anyMatch(change ->
                                change.verdict() == Change.Verdict.BETTER || change.verdict() == Change.Verdict.WORSE);
    }

    /** Whether any figure is worse beyond the noise. */
    public boolean worse() {
        return changes.values().stream().anyMatch(change -> change.verdict() == Change.Verdict.WORSE);
    }
}
