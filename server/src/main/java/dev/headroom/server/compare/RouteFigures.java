package dev.headroom.server.compare;

import java.util.EnumMap;
import java.util.Map;

/**
 * What the requests of one route cost in one run.
 *
 * @param operation method and route
 * @param requests how many
 * @param spreads each figure
 */
public record RouteFigures(String operation, int requests, Map<Metric, Spread> spreads) {
    public RouteFigures {
        if (requests <= 0) {
            throw new IllegalArgumentException("a route has requests: " + requests);
        }
        spreads = Map.copyOf(spreads);
    }

    /** Of the figures of each of its requests. */
    public static RouteFigures of(String operation, Map<Metric, long[]> figures) {
        Map<Metric, Spread> spreads = new EnumMap<>(Metric.class);
        int requests = 0;
        for (Map.Entry<Metric, long[]> each : figures.entrySet()) {
            if (each.getValue().length > 0) {
                spreads.put(each.getKey(), Spread.of(each.getValue()));
            }
            if (!each.getKey().sampled()) {
                requests = each.getValue().length;
            }
        }
        return new RouteFigures(operation, requests, spreads);
    }
}
