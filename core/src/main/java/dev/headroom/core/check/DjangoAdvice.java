package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.RelationLoad;
import dev.headroom.core.trace.RelationLoad.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to write, and on which query set, in Django's words. Says nothing where instrumentation did not tell enough.
 * Where a fix's details name an {@code action}, they are enough to apply it by machine.
 */
final class DjangoAdvice {
    private final RelationLoads loads;
    private final DjangoNarrowing narrowing;
    private final DjangoColumns columns;
    private final DjangoConnections connections;

    DjangoAdvice(RelationLoads loads, KnownModels models) {
        this.loads = loads;
        this.narrowing = new DjangoNarrowing(models);
        this.columns = new DjangoColumns(loads, models);
        this.connections = new DjangoConnections(models);
    }

    List<Fix> fixes(Finding finding) {
        return switch (finding.remedy()) {
            case FEWER_COLUMNS -> columns.fixes(finding);
            case POOL_CONNECTIONS -> connections.fixes(finding);
            // one statement, asked for by several relations
            case ASK_ONCE ->
                finding.shapes().isEmpty()
                        ? List.of()
                        : relations(
                                finding,
                                loads.of(finding.operation(), finding.shapes().get(0)));
            // a deferred column is fetched by the key of the row that lacks it
            case LOAD_ONE_TOGETHER, LOAD_MANY_TOGETHER, AGGREGATE_TOGETHER, LOAD_BY_KEYS -> repeated(finding);
            default -> List.of();
        };
    }

    private List<Fix> repeated(Finding finding) {
        CallSite site = finding.callSite();
        RelationLoad load = site == null ? null : site.load();
        if (load == null || finding.shapes().isEmpty()) {
            return List.of();
        }
        return load.kind() == Kind.ROWS ? List.of(rows(finding, load)) : relations(finding, List.of(load));
    }

    /** A look-up of the user's own in a loop. */
    private static Fix rows(Finding finding, RelationLoad load) {
        return new DjangoFix()
                .at(load.querySet())
                .fix(
                        finding.remedy(),
                        "Ask for all " + load.owner() + " rows at once before the loop, and take each from the answer"
                                + " instead of a query set" + DjangoFix.where(load.querySet()) + " in each round.",
                        load.owner() + ".objects.in_bulk(keys)   # or .filter(pk__in=keys)");
    }

    private List<Fix> relations(Finding finding, List<RelationLoad> all) {
        Map<String, List<RelationLoad>> byPlace = new LinkedHashMap<>();
        for (RelationLoad load : all) {
            if (load.lazy()) {
                CallSite querySet = loads.querySet(finding.operation(), load);
                String place = querySet == null ? "" : querySet.place();
                byPlace.computeIfAbsent(load.kind() + place, key -> new ArrayList<>())
                        .add(load);
            }
        }
        return byPlace.values().stream().map(same -> fix(finding, same)).toList();
    }

    private Fix fix(Finding finding, List<RelationLoad> same) {
        RelationLoad first = same.get(0);
        CallSite querySet = loads.querySet(finding.operation(), first);
        Set<String> distinct = new LinkedHashSet<>();
        same.forEach(load -> distinct.addAll(loads.paths(finding.operation(), load)));
        List<String> paths = List.copyOf(distinct);
        String where = DjangoFix.where(querySet);
        DjangoFix fix = new DjangoFix().relation(first).at(querySet);
        if (paths.isEmpty()) {
            return unknownWay(finding, same, fix, where);
        }
        fix.with("paths", String.join(",", paths));
        boolean known = querySet != null;
        if (first.kind() == Kind.TO_ONE
                && querySet != null
                && querySet.function().endsWith(ADMIN)) {
            return admin(finding, same, paths, fix);
        }
        if (first.kind() == Kind.TO_ONE) {
            action(fix, known, "select_related").less(loads.loadsOnTheWay(finding.operation(), paths));
            return fix.fix(
                    finding.remedy(),
                    "Join " + names(same) + " to the query set" + where + ".",
                    ".select_related(" + quoted(paths) + ")");
        }
        if (first.kind() == Kind.DEFERRED) {
            action(fix, known, "load_field").less(loads.loadsOnTheWay(finding.operation(), paths));
            return fix.fix(
                    finding.remedy(),
                    names(same) + " was left out by only() or defer() and then fetched row by row: let the query set"
                            + where + " load it.",
                    ".only(…, " + quoted(paths) + ")");
        }
        boolean iterated = loads.iterated(finding.operation(), querySet);
        long onTheWay = loads.loadsOnTheWay(finding.operation(), paths);
        if (first.kind() == Kind.TO_MANY && DjangoNarrowing.applies(first, paths)) {
            return narrowing.fix(
                    finding,
                    first,
                    paths,
                    fix,
                    known && !iterated,
                    where,
                    onTheWay,
                    loads.prefetches(finding.operation(), paths));
        }
        action(fix, known && !iterated, "prefetch_related")
                .less(onTheWay - loads.prefetches(finding.operation(), paths));
        return fix.fix(
                finding.remedy(),
                "Load " + names(same) + " for all rows at once with the query set" + where + "."
                        + (iterated ? ITERATED : ""),
                ".prefetch_related(" + quoted(paths) + ")");
    }

    private Fix admin(Finding finding, List<RelationLoad> same, List<String> paths, DjangoFix fix) {
        String attribute = "list_select_related = [" + quoted(paths) + "]";
        fix.with("action", "class_attribute")
                .with("attribute", attribute)
                .less(loads.loadsOnTheWay(finding.operation(), paths));
        return fix.fix(
                finding.remedy(), "Join " + names(same) + " to the list of this page, in its ModelAdmin.", attribute);
    }

    private static final String ADMIN = " (admin)";

    private static final String ITERATED = " It is read by iterator(), which ignores prefetch_related before Django"
            + " 4.1, and needs a chunk_size since.";

    private static DjangoFix action(DjangoFix fix, boolean known, String action) {
        return known ? fix.with("action", action) : fix;
    }

    /** What lies between the query set and the relation was not seen. */
    private static Fix unknownWay(Finding finding, List<RelationLoad> same, DjangoFix fix, String where) {
        boolean one = same.get(0).kind() == Kind.TO_ONE;
        return fix.fix(
                finding.remedy(),
                "Load " + names(same) + " ahead with the query set that the "
                        + same.get(0).owner() + " rows came from" + (fix.hasPlace() ? ", perhaps that" + where : "")
                        + ".",
                one
                        ? ".select_related(\"…__" + same.get(0).name() + "\")"
                        : ".prefetch_related(\"…__" + same.get(0).name() + "\")");
    }

    private static String names(List<RelationLoad> same) {
        return same.stream()
                .map(load -> load.owner() + "." + load.name())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    static String quoted(List<String> paths) {
        return paths.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(", "));
    }

    /** The place at which a finding's statement is asked for, in words. */
    static String asking(@Nullable CallSite site) {
        return site == null ? "" : " at " + site.place();
    }
}
