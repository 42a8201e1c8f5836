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
        figures.forEach((metric, values) -> spreads.put(metric, Spread.of(values)));
        return new RouteFigures(operation, spreads.values().iterator().next().requests(), spreads);
    }
}
