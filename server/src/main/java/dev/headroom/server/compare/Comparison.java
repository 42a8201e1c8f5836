package dev.headroom.server.compare;

import dev.headroom.core.check.Finding;
import dev.headroom.core.report.RunReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two runs side by side. A problem counts as in a run's report: with those that go away with it as one.
 *
 * @param peaksBefore what the first run used at most
 * @param peaksAfter what the second run used at most
 * @param routes routes of either, those of the first run first
 * @param gone problems of the first run that the second has not, on routes that were requested in both
 * @param fresh problems that only the second run has
 * @param kept problems of both, as the second run has them
 * @param untested problems of the first run on routes that the second never requested: not known to be gone
 */
public record Comparison(
        RunPeaks peaksBefore,
        RunPeaks peaksAfter,
        List<RouteComparison> routes,
        List<Finding> gone,
        List<Finding> fresh,
        List<Finding> kept,
        List<Finding> untested) {
    public Comparison {
        routes = List.copyOf(routes);
        gone = List.copyOf(gone);
        fresh = List.copyOf(fresh);
        kept = List.copyOf(kept);
        untested = List.copyOf(untested);
    }

    /** Compares; findings by their stable id. */
    public static Comparison of(
            RunReport before, List<RouteFigures> figuresBefore, RunReport after, List<RouteFigures> figuresAfter) {
        Map<String, RouteFigures> one = byOperation(figuresBefore);
        Map<String, RouteFigures> other = byOperation(figuresAfter);
        Set<String> operations = new LinkedHashSet<>(one.keySet());
        operations.addAll(other.keySet());
        List<RouteComparison> routes = new ArrayList<>();
        for (String operation : operations) {
            routes.add(RouteComparison.of(operation, one.get(operation), other.get(operation)));
        }
        Set<String> had = ids(before.problems());
        Set<String> has = ids(after.problems());
        List<Finding> gone = new ArrayList<>();
        List<Finding> untested = new ArrayList<>();
        for (Finding finding : before.problems()) {
            if (!has.contains(finding.id())) {
                (other.containsKey(finding.operation()) ? gone : untested).add(finding);
            }
        }
        List<Finding> fresh = new ArrayList<>();
        List<Finding> kept = new ArrayList<>();
        after.problems().forEach(finding -> (had.contains(finding.id()) ? kept : fresh).add(finding));
        return new Comparison(RunPeaks.of(before), RunPeaks.of(after), routes, gone, fresh, kept, untested);
    }

    /** Whether any route is better or worse beyond the noise, or any finding went or came. */
    public boolean differs() {
        return !gone.isEmpty() || !fresh.isEmpty() || routes.stream().anyMatch(RouteComparison::differs);
    }

    /** Whether any route is worse beyond the noise. */
    public boolean worse() {
        return routes.stream().anyMatch(RouteComparison::worse);
    }

    private static Map<String, RouteFigures> byOperation(List<RouteFigures> figures) {
        Map<String, RouteFigures> map = new LinkedHashMap<>();
        figures.forEach(each -> map.put(each.operation(), each));
        return map;
    }

    /** Those that others bring along included: one that stands on its own in the other run is neither new nor gone. */
    public static Set<String> ids(List<Finding> findings) {
        Set<String> ids = new HashSet<>();
        for (Finding finding : findings) {
            ids.add(finding.id());
            ids.addAll(ids(finding.consequences()));
        }
        return ids;
    }
}
