package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.QueryShape;
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

/** Advice for columns that no response showed: the model's fields, and the query set that leaves them out. */
final class DjangoColumns {
    private final RelationLoads loads;
    private final KnownModels models;

    DjangoColumns(RelationLoads loads, KnownModels models) {
        this.loads = loads;
        this.models = models;
    }

    /** What one query set has to be told: which relations to join, and which fields to leave out. */
    private static final class Change {
        final Set<String> joined = new LinkedHashSet<>();
        final Set<String> fields = new LinkedHashSet<>();
        final Set<String> prefetched = new LinkedHashSet<>();
        boolean complete = true;
    }

    List<Fix> fixes(Finding finding) {
        if (!(finding.details().get("table") instanceof String table)
                || !(finding.details().get("bytesPerRequestByColumn") instanceof Map<?, ?> unseen)) {
            return List.of();
        }
        String model = models.model(table);
        List<String> names = new ArrayList<>();
        for (Object column : unseen.keySet()) {
            OrmFacts.Column field = models.column(table, String.valueOf(column));
            if (field != null) {
                names.add(field.field());
            }
        }
        if (model == null || names.isEmpty()) {
            return List.of();
        }
        List<Fix> fixes = new ArrayList<>();
        Set<String> leftOut = leftOut(finding, model);
        if (names.removeIf(leftOut::contains)) {
            fixes.add(alreadyLeftOut(finding, model, leftOut));
        }
        if (names.isEmpty()) {
            return fixes;
        }
        Map<CallSite, Change> changes = changes(finding, table, names);
        changes.forEach((querySet, change) -> fixes.add(fix(finding, model, names, querySet, change)));
        return fixes;
    }

    /** The fields that query sets leave out already, and that code then reads row by row. */
    private Set<String> leftOut(Finding finding, String model) {
        Set<String> fields = new LinkedHashSet<>();
        for (QueryShape shape : finding.shapes()) {
            for (RelationLoad load : loads.of(finding.operation(), shape)) {
                if (load.kind() == Kind.DEFERRED && load.owner().equals(model)) {
                    fields.add(load.name());
                }
            }
        }
        return fields;
    }

    /** To leave it out is done already; to load it ahead is what is said of the repeated statement. */
    private static Fix alreadyLeftOut(Finding finding, String model, Set<String> fields) {
        List<String> names = fields.stream().map(name -> model + "." + name).toList();
        return new DjangoFix()
                .with("fields", String.join(",", names))
                .fix(
                        finding.remedy(),
                        String.join(", ", names)
                                + " was left out by only() or defer() and then fetched row by row because code reads it:"
                                + " find out whether the answer needs that before loading it ahead.",
                        null);
    }

    private Map<CallSite, Change> changes(Finding finding, String table, List<String> names) {
        Map<CallSite, Change> changes = new LinkedHashMap<>();
        for (QueryShape shape : finding.shapes()) {
            for (RelationLoad load : loads.of(finding.operation(), shape)) {
                CallSite querySet = loads.querySet(finding.operation(), load);
                if (querySet != null) {
                    add(finding, table, names, shape, load, changes.computeIfAbsent(querySet, key -> new Change()));
                }
            }
        }
        return changes;
    }

    private void add(
            Finding finding, String table, List<String> names, QueryShape shape, RelationLoad load, Change change) {
        JoinedTables joined = JoinedTables.of(shape, models);
        List<String> within = joined.count(table) == 1 ? joined.paths(table) : List.of();
        if (load.kind() == Kind.ROWS) {
            change.complete &= within.size() == 1;
            within.forEach(
                    path -> names.forEach(name -> change.fields.add(path.isEmpty() ? name : path + "__" + name)));
        } else if (load.kind() == Kind.TO_ONE && !load.eager() && within.equals(List.of(""))) {
            List<String> paths = loads.paths(finding.operation(), load);
            change.complete &= !paths.isEmpty();
            change.joined.addAll(paths);
            paths.forEach(path -> names.forEach(name -> change.fields.add(path + "__" + name)));
        } else if (load.kind() != Kind.DEFERRED) {
            change.complete = false;
            change.prefetched.addAll(loads.paths(finding.operation(), load));
        }
    }

    private static Fix fix(
            Finding finding, String model, List<String> names, @Nullable CallSite querySet, Change change) {
        DjangoFix fix = new DjangoFix().at(querySet);
        StringBuilder code = new StringBuilder();
        if (!change.joined.isEmpty()) {
            String paths = String.join(",", change.joined);
            fix.with("joined", paths);
            code.append(".select_related(")
                    .append(DjangoAdvice.quoted(List.copyOf(change.joined)))
                    .append(')');
        }
        if (!change.fields.isEmpty()) {
            fix.with("paths", String.join(",", change.fields));
            code.append(".defer(")
                    .append(DjangoAdvice.quoted(List.copyOf(change.fields)))
                    .append(')');
        }
        for (String path : change.prefetched) {
            code.append(code.isEmpty() ? "" : "\n")
                    .append("Prefetch(\"" + path + "\", queryset=" + model + ".objects.defer(")
                    .append(DjangoAdvice.quoted(names))
                    .append("))   # instead of \"" + path + "\"");
        }
        if (change.complete && querySet != null && !change.fields.isEmpty()) {
            fix.with("action", "defer").less(0);
        }
        String fields = names.stream().map(name -> model + "." + name).collect(Collectors.joining(", "));
        return fix.with("fields", fields.replace(", ", ","))
                .fix(
                        finding.remedy(),
                        "Leave " + fields + " out of the query set" + DjangoFix.where(querySet)
                                + ", unless code reads " + (names.size() == 1 ? "it" : "them")
                                + ": what is left out is fetched row by row when it is read.",
                        code.isEmpty() ? null : code.toString());
    }
}
