package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.RelationLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Advice for a part of a relation that is asked for row by row: the active address, the number of labels. The rows come
 * with a {@code Prefetch} into a list, a number with an annotation, and the line that asked reads those.
 */
final class DjangoNarrowing {
    private final KnownModels models;

    DjangoNarrowing(KnownModels models) {
        this.models = models;
    }

    /** Whether loading the relation as a whole is not the answer. */
    static boolean applies(RelationLoad load, List<String> paths) {
        boolean number = "count".equals(load.method()) || "exists".equals(load.method());
        return load.target() != null && (load.filtered() || number && !paths.isEmpty());
    }

    Fix fix(
            Finding finding,
            RelationLoad load,
            List<String> paths,
            DjangoFix fix,
            boolean known,
            String where,
            long onTheWay,
            long prefetches) {
        QuerySetConditions wanted = QuerySetConditions.of(finding.shapes().get(0), models);
        CallSite site = finding.callSite();
        boolean code = site != null && site.file().endsWith(".py");
        boolean complete = known && code && wanted.complete();
        boolean counted = "count".equals(load.method())
                && paths.size() == 1
                && !paths.get(0).contains("__");
        if (counted) {
            return annotation(finding, load, fix, complete, where, onTheWay, wanted);
        }
        String attribute = wanted.attribute(load.name());
        String querySet = load.target() + ".objects" + (wanted.calls().isEmpty() ? ".all()" : wanted.calls());
        List<String> lookups = new ArrayList<>();
        for (String path : paths) {
            lookups.add("Prefetch(\"" + path + "\", queryset=" + querySet + ", to_attr=\"" + attribute + "\")");
        }
        String read = read(finding, load, attribute);
        String importing = models.importing(String.valueOf(load.target()));
        if (complete && read != null && importing != null) {
            fix.with("action", "prefetch_to_attr").with("read", read);
        }
        fix.with("queryset", querySet)
                .with("toAttr", attribute)
                .with("import", "from django.db.models import Prefetch" + (importing == null ? "" : "\n" + importing))
                .less(onTheWay - prefetches);
        return fix.fix(
                finding.remedy(),
                "Load those " + load.owner() + "." + load.name() + " that are wanted for all rows at once with the"
                        + " query set" + where + ", and read the list " + attribute + " instead of asking"
                        + DjangoAdvice.asking(site) + ".",
                ".prefetch_related(" + String.join(",\n    ", lookups) + ")" + reading(site, read, load, attribute));
    }

    private static Fix annotation(
            Finding finding,
            RelationLoad load,
            DjangoFix fix,
            boolean complete,
            String where,
            long onTheWay,
            QuerySetConditions wanted) {
        List<String> conditions = wanted.filters().stream()
                .map(filter -> load.name() + "__" + filter)
                .toList();
        String name = load.name() + "_count";
        String filter = conditions.isEmpty() ? "" : ", filter=Q(" + String.join(", ", conditions) + ")";
        String count = name + "=Count(\"" + load.name() + "\"" + filter + ", distinct=True)";
        String read = "{owner}." + name;
        if (complete) {
            fix.with("action", "annotate").with("read", read);
        }
        fix.with("annotation", count)
                .with("toAttr", name)
                .with("import", "from django.db.models import Count" + (filter.isEmpty() ? "" : ", Q"))
                .less(onTheWay);
        return fix.fix(
                finding.remedy(),
                "Let the database count " + load.owner() + "." + load.name() + " in the query set" + where
                        + ", and read the number instead of asking" + DjangoAdvice.asking(finding.callSite()) + ".",
                ".annotate(" + count + ")" + reading(finding.callSite(), read, load, name));
    }

    /** What stands in place of the call that asked, by the method that it ended with; null where that can't be told. */
    private static @Nullable String read(Finding finding, RelationLoad load, String attribute) {
        String list = "{owner}." + attribute;
        boolean limited = finding.shapes().get(0).text().contains(" LIMIT ");
        return switch (load.method() == null ? "" : load.method()) {
            case "first" -> "next(iter(" + list + "), None)";
            case "exists" -> "bool(" + list + ")";
            case "count" -> limited ? null : "len(" + list + ")";
            case "all", "iterator" -> limited ? null : list;
            default -> null;
        };
    }

    private static String reading(@Nullable CallSite site, @Nullable String read, RelationLoad load, String attribute) {
        if (site == null || read == null || !site.file().endsWith(".py")) {
            return "";
        }
        boolean own = site.function().startsWith(load.owner() + ".");
        String owner = own ? "self" : load.owner().toLowerCase(Locale.ROOT);
        return "\n# " + site.place() + ", where hasattr(" + owner + ", \"" + attribute + "\"):\n"
                + read.replace("{owner}", owner);
    }
}
