package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.RelationLoad;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to write, and on which query set, for relations that Django's ORM loads row by row. Says nothing where
 * instrumentation did not name the relation. The fixes' details are enough to apply them by machine:
 *
 * <ul>
 *   <li>{@code action}: {@code select_related}, {@code prefetch_related}, {@code prefetch_filtered} or {@code
 *       load_field}
 *   <li>{@code paths}: its arguments, separated by commas
 *   <li>{@code file}, {@code line}, {@code querySet}: where the query set is made, if that is known
 *   <li>{@code statementsLess}: how many statements a request will run less
 * </ul>
 */
final class DjangoAdvice {
    private final RelationLoads loads;

    DjangoAdvice(RelationLoads loads) {
        this.loads = loads;
    }

    List<Fix> fixes(Finding finding) {
        Map<String, List<RelationLoad>> byPlace = new LinkedHashMap<>();
        for (RelationLoad load : loadsOf(finding)) {
            byPlace.computeIfAbsent(load.kind() + place(load), key -> new ArrayList<>())
                    .add(load);
        }
        List<Fix> fixes = new ArrayList<>();
        byPlace.values().forEach(same -> fixes.add(fix(finding, same)));
        return fixes;
    }

    private List<RelationLoad> loadsOf(Finding finding) {
        CallSite site = finding.callSite();
        boolean byValue = finding.remedy() == Remedy.ASK_ONCE;
        boolean byRelation = switch (finding.remedy()) {
            // a deferred column is fetched by the key of the row that lacks it
            case LOAD_ONE_TOGETHER, LOAD_MANY_TOGETHER, LOAD_BY_KEYS -> true;
            default -> false;
        };
        if (finding.shapes().isEmpty() || !byValue && !byRelation) {
            return List.of();
        }
        if (byValue) {
            // one statement, asked for by several relations
            return loads.of(finding.operation(), finding.shapes().get(0));
        }
        RelationLoad load = site == null ? null : site.load();
        return load == null || load.eager() ? List.of() : List.of(load);
    }

    private static String place(RelationLoad load) {
        CallSite querySet = load.querySet();
        return querySet == null ? "" : querySet.place();
    }

    private Fix fix(Finding finding, List<RelationLoad> same) {
        RelationLoad first = same.get(0);
        Set<String> distinct = new LinkedHashSet<>();
        same.forEach(load -> distinct.addAll(loads.paths(finding.operation(), load)));
        List<String> paths = List.copyOf(distinct);
        String where = where(first.querySet());
        return switch (first.kind()) {
            case TO_ONE ->
                fix(
                        finding,
                        first,
                        "select_related",
                        paths,
                        0,
                        "Join " + names(same) + " to the query set" + where + ".",
                        ".select_related(" + quoted(paths) + ")",
                        Map.of());
            case DEFERRED ->
                fix(
                        finding,
                        first,
                        "load_field",
                        List.of(first.name()),
                        0,
                        names(same)
                                + " was left out by only() or defer() and then fetched row by row: let the query set"
                                + where + " load it.",
                        ".only(…, \"" + first.name() + "\")",
                        Map.of());
            case TO_MANY, GENERIC ->
                first.filtered() && first.target() != null
                        ? filtered(finding, first, paths, where)
                        : fix(
                                finding,
                                first,
                                "prefetch_related",
                                paths,
                                segments(paths),
                                "Load " + names(same) + " for all rows at once with the query set" + where + ".",
                                ".prefetch_related(" + quoted(paths) + ")",
                                Map.of());
        };
    }

    private Fix filtered(Finding finding, RelationLoad load, List<String> paths, String where) {
        String conditions =
                QuerySetConditions.of(finding.shapes().get(0)).stream().collect(Collectors.joining(", "));
        String attribute = QuerySetConditions.attribute(finding.shapes().get(0), load.name());
        String querySet = load.target() + ".objects.filter(" + (conditions.isEmpty() ? "…" : conditions) + ")";
        String code = paths.stream()
                .map(path -> "Prefetch(\"" + path + "\", queryset=" + querySet + ", to_attr=\"" + attribute + "\")")
                .collect(Collectors.joining(",\n    ", ".prefetch_related(", ")"));
        CallSite site = finding.callSite();
        String reader = site == null ? "" : " instead of asking at " + site.place();
        return fix(
                finding,
                load,
                "prefetch_filtered",
                paths,
                segments(paths),
                "Load those " + load.owner() + "." + load.name()
                        + " that are wanted for all rows at once with the query" + " set" + where
                        + ", and read the list " + attribute + reader + ".",
                code,
                Map.of("queryset", querySet, "toAttr", attribute));
    }

    private Fix fix(
            Finding finding,
            RelationLoad load,
            String action,
            List<String> paths,
            long more,
            String text,
            String code,
            Map<String, String> further) {
        Map<String, String> details = new LinkedHashMap<>(further);
        details.put("action", action);
        details.put("paths", String.join(",", paths));
        details.put("relation", load.owner() + "." + load.name());
        CallSite querySet = load.querySet();
        if (querySet != null) {
            details.put("file", querySet.file());
            details.put("line", Integer.toString(querySet.line()));
            details.put("querySet", querySet.function());
        }
        long less = loads.loadsOnTheWay(finding.operation(), paths) - more;
        details.put("statementsLess", Long.toString(Math.max(0, less)));
        return new Fix(finding.remedy(), Framework.DJANGO, text, code, details);
    }

    /** Each part of a prefetched path is one query for all rows. */
    private static long segments(List<String> paths) {
        Set<String> parts = new LinkedHashSet<>();
        for (String path : paths) {
            for (int at = path.indexOf("__"); at >= 0; at = path.indexOf("__", at + 2)) {
                parts.add(path.substring(0, at));
            }
            parts.add(path);
        }
        return parts.size();
    }

    private static String where(@Nullable CallSite querySet) {
        return querySet == null ? " that the rows came from" : " of " + querySet.function() + " at " + querySet.place();
    }

    private static String names(List<RelationLoad> same) {
        return same.stream()
                .map(load -> load.owner() + "." + load.name())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String quoted(List<String> paths) {
        return paths.stream().map(path -> "\"" + path + "\"").collect(Collectors.joining(", "));
    }
}
