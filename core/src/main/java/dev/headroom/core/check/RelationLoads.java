package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.RelationLoad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which relations each route loads row by row, by shape, as the app's ORM told. Bounded. For one thread. */
final class RelationLoads {
    private static final int MOST = 10_000;
    private static final int DEEPEST = 5;
    private static final int MOST_PATHS = 4;

    /** One relation of one route: how often it was loaded, in how many requests. */
    private static final class Tally {
        final Set<Long> shapes = new LinkedHashSet<>();
        long loads;
        long requests;
    }

    private final Map<String, Map<RelationLoad, Tally>> byOperation = new LinkedHashMap<>();
    private int known;

    void request(RequestView view) {
        Map<RelationLoad, Integer> counts = new LinkedHashMap<>();
        for (ShapeGroup group : view.groups()) {
            for (Query query : group.queries()) {
                CallSite site = query.callSite();
                RelationLoad load = site == null ? null : site.load();
                if (load != null && !load.eager()) {
                    counts.merge(load, 1, Integer::sum);
                    tally(view.operation(), load).shapes.add(group.shape().id());
                }
            }
        }
        counts.forEach((load, count) -> {
            Tally tally = tally(view.operation(), load);
            tally.loads += count;
            tally.requests++;
        });
    }

    private Tally tally(String operation, RelationLoad load) {
        Map<RelationLoad, Tally> tallies = byOperation.computeIfAbsent(operation, key -> new LinkedHashMap<>());
        Tally tally = tallies.get(load);
        if (tally == null) {
            tally = new Tally();
            if (known < MOST) {
                known++;
                tallies.put(load, tally);
            }
        }
        return tally;
    }

    /** The relations that were loaded by a statement on a route, in order of appearance. */
    List<RelationLoad> of(String operation, QueryShape shape) {
        List<RelationLoad> loads = new ArrayList<>();
        byOperation.getOrDefault(operation, Map.of()).forEach((load, tally) -> {
            if (tally.shapes.contains(shape.id())) {
                loads.add(load);
            }
        });
        return loads;
    }

    /** The relations' paths from the query set's model, as far as can be told; several where it is reached by several. */
    List<String> paths(String operation, RelationLoad load) {
        return paths(operation, load, 0);
    }

    private List<String> paths(String operation, RelationLoad load, int depth) {
        if (load.path() != null) {
            return List.of(load.path());
        }
        List<String> paths = new ArrayList<>();
        for (RelationLoad parent : byOperation.getOrDefault(operation, Map.of()).keySet()) {
            boolean leadsHere = load.owner().equals(parent.target()) && parent.kind() != RelationLoad.Kind.DEFERRED;
            if (leadsHere && !parent.equals(load) && depth < DEEPEST && paths.size() < MOST_PATHS) {
                paths(operation, parent, depth + 1).forEach(path -> paths.add(path + "__" + load.name()));
            }
        }
        return paths.isEmpty()
                ? List.of(load.name())
                : List.copyOf(paths.subList(0, Math.min(MOST_PATHS, paths.size())));
    }

    /** How many loads a request has, on average, of relations on the way of one of the paths. */
    long loadsOnTheWay(String operation, List<String> paths) {
        double sum = 0;
        for (Map.Entry<RelationLoad, Tally> each :
                byOperation.getOrDefault(operation, Map.of()).entrySet()) {
            boolean onTheWay = paths(operation, each.getKey()).stream()
                    .anyMatch(own -> paths.stream().anyMatch(path -> path.equals(own) || path.startsWith(own + "__")));
            if (onTheWay) {
                sum += (double) each.getValue().loads / each.getValue().requests;
            }
        }
        return Math.round(sum);
    }
}
