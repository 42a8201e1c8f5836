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
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What each route loads through the app's ORM, and by which statements, as the ORM told. Bounded. For one thread. */
final class RelationLoads {
    private static final int MOST = 10_000;
    private static final int DEEPEST = 5;
    private static final int MOST_PATHS = 4;
    private static final int MOST_COUNTS = 1_000;

    /** One load of one route: how often it was done, in how many requests. */
    private static final class Tally {
        final Map<Long, QueryShape> shapes = new LinkedHashMap<>();
        final NavigableMap<Integer, Integer> requestsByLoads = new TreeMap<>();
        long requests;

        void add(int loads) {
            requests++;
            if (requestsByLoads.size() < MOST_COUNTS || requestsByLoads.containsKey(loads)) {
                requestsByLoads.merge(loads, 1, Integer::sum);
            }
        }

        /** How many a typical request has: a few for which less was told don't count. */
        long median() {
            long seen = 0;
            for (Map.Entry<Integer, Integer> each : requestsByLoads.entrySet()) {
                seen += each.getValue();
                if (seen * 2 >= requests) {
                    return each.getKey();
                }
            }
            return requestsByLoads.isEmpty() ? 0 : requestsByLoads.lastKey();
        }
    }

    private final KnownModels models;
    private final Map<String, Map<RelationLoad, Tally>> byOperation = new LinkedHashMap<>();
    private int known;

    RelationLoads(KnownModels models) {
        this.models = models;
    }

    void request(RequestView view) {
        if (view.statements().isEmpty()) {
            return;
        }
        Map<RelationLoad, Integer> counts = new LinkedHashMap<>();
        for (ShapeGroup group : view.groups()) {
            for (Query query : group.queries()) {
                CallSite site = query.callSite();
                RelationLoad load = site == null ? null : site.load();
                if (load != null) {
                    counts.merge(load, 1, Integer::sum);
                    tally(view.operation(), load).shapes.put(group.shape().id(), group.shape());
                }
            }
        }
        counts.forEach((load, count) -> {
            tally(view.operation(), load).add(count);
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

    private Map<RelationLoad, Tally> all(String operation) {
        return byOperation.getOrDefault(operation, Map.of());
    }

    /** What a statement loads on a route, in order of appearance. */
    List<RelationLoad> of(String operation, QueryShape shape) {
        List<RelationLoad> loads = new ArrayList<>();
        all(operation).forEach((load, tally) -> {
            if (tally.shapes.containsKey(shape.id())) {
                loads.add(load);
            }
        });
        return loads;
    }

    /**
     * The relation's paths from the query set's model; several where it is reached by several, none where what lies
     * between is not known.
     */
    List<String> paths(String operation, RelationLoad load) {
        return paths(operation, load, 0);
    }

    private List<String> paths(String operation, RelationLoad load, int depth) {
        if (load.path() != null) {
            return List.of(load.path());
        }
        Set<String> paths = new LinkedHashSet<>();
        boolean rows = false;
        for (Map.Entry<RelationLoad, Tally> each : all(operation).entrySet()) {
            RelationLoad other = each.getKey();
            if (other.kind() == RelationLoad.Kind.ROWS) {
                rows = true;
                if (other.owner().equals(load.owner())) {
                    return List.of(load.name());
                }
                joined(each.getValue(), load.owner()).forEach(path -> paths.add(path + "__" + load.name()));
            } else if (leadsTo(other, load) && depth < DEEPEST) {
                paths(operation, other, depth + 1).forEach(path -> paths.add(path + "__" + load.name()));
            }
        }
        return paths.isEmpty() && !rows
                ? List.of(load.name())
                : paths.stream().limit(MOST_PATHS).toList();
    }

    private static boolean leadsTo(RelationLoad parent, RelationLoad load) {
        return load.owner().equals(parent.target())
                && parent.kind() != RelationLoad.Kind.DEFERRED
                && !parent.equals(load);
    }

    /** The paths by which a query set's statements join a model's table. */
    private List<String> joined(Tally rows, String model) {
        List<String> paths = new ArrayList<>();
        for (QueryShape shape : rows.shapes.values()) {
            JoinedTables joined = JoinedTables.of(shape, models);
            for (String table : joined.tables()) {
                if (model.equals(models.model(table))) {
                    joined.paths(table).stream().filter(path -> !path.isEmpty()).forEach(paths::add);
                }
            }
        }
        return paths;
    }

    /** Where the query set is made whose rows a load starts from; null where unknown. */
    @Nullable
    CallSite querySet(String operation, RelationLoad load) {
        if (load.kind() == RelationLoad.Kind.ROWS) {
            return load.querySet();
        }
        Set<String> owners = new LinkedHashSet<>();
        roots(operation, load, owners, 0);
        Set<CallSite> made = new LinkedHashSet<>();
        for (RelationLoad rows : all(operation).keySet()) {
            CallSite place = rows.kind() == RelationLoad.Kind.ROWS ? rows.querySet() : null;
            if (place != null && (owners.isEmpty() || owners.contains(rows.owner()))) {
                made.add(place);
            }
        }
        CallSite view = load.querySet();
        if (view != null && made.size() > 1) {
            String simple = view.function().substring(view.function().lastIndexOf('.') + 1);
            made.removeIf(
                    place -> !place.file().equals(view.file()) || !(place.function() + ".").startsWith(simple + "."));
        }
        return made.size() == 1 ? made.iterator().next() : view;
    }

    /** The models at the beginning of a load's paths; none where unknown. */
    private void roots(String operation, RelationLoad load, Set<String> owners, int depth) {
        String path = load.path();
        String first = path == null ? load.name() : path.split("__", 2)[0];
        for (Map.Entry<RelationLoad, Tally> each : all(operation).entrySet()) {
            RelationLoad other = each.getKey();
            if (other.kind() == RelationLoad.Kind.ROWS) {
                boolean begins = path == null || path.equals(first);
                if (begins && other.owner().equals(load.owner())
                        || path == null
                                && !joined(each.getValue(), load.owner()).isEmpty()) {
                    owners.add(other.owner());
                }
            } else if (path != null && first.equals(other.path())) {
                owners.add(other.owner());
            } else if (path == null && leadsTo(other, load) && depth < DEEPEST) {
                roots(operation, other, owners, depth + 1);
            }
        }
    }

    /** Whether the rows of a query set are read by {@code iterator()}, which has rules of its own for prefetching. */
    boolean iterated(String operation, @Nullable CallSite querySet) {
        return all(operation).keySet().stream()
                .anyMatch(load -> load.kind() == RelationLoad.Kind.ROWS
                        && "iterator".equals(load.method())
                        && querySet != null
                        && querySet.equals(load.querySet()));
    }

    /** How many statements it takes to prefetch the paths: one for each part that nothing loads yet. */
    long prefetches(String operation, List<String> paths) {
        Set<String> parts = new LinkedHashSet<>(paths);
        for (RelationLoad load : all(operation).keySet()) {
            for (String own : load.lazy() ? paths(operation, load) : List.<String>of()) {
                if (paths.stream().anyMatch(path -> path.startsWith(own + "__"))) {
                    parts.add(own);
                }
            }
        }
        return parts.size();
    }

    /** How many loads a typical request has of relations on the way of one of the paths. */
    long loadsOnTheWay(String operation, List<String> paths) {
        long sum = 0;
        for (Map.Entry<RelationLoad, Tally> each : all(operation).entrySet()) {
            boolean onTheWay = each.getKey().lazy()
                    && paths(operation, each.getKey()).stream()
                            .anyMatch(own ->
                                    paths.stream().anyMatch(path -> path.equals(own) || path.startsWith(own + "__")));
            if (onTheWay) {
                sum += each.getValue().median();
            }
        }
        return sum;
    }
}
