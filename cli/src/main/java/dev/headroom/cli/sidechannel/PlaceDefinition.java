package dev.headroom.cli.sidechannel;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.RelationLoad;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a call site of a place's definition. */
final class PlaceDefinition {
    private PlaceDefinition() {}

    /** The call site; null where the place tells of no file. */
    static @Nullable CallSite callSite(Map<String, Object> place) {
        String file = text(place, "file");
        if (file == null) {
            return null;
        }
        Map<?, ?> view = map(place, "view");
        String field = place.get("fields") instanceof List<?> fields && !fields.isEmpty()
                ? String.valueOf(fields.get(fields.size() - 1))
                : null;
        RelationLoad relation = load(map(place, "relation"), view);
        RelationLoad load = relation != null ? relation : rows(map(place, "rows"));
        String function = text(place, "function");
        return new CallSite(
                file,
                line(place),
                function == null ? "" : function,
                relation == null ? null : relation.owner() + "." + relation.name(),
                field,
                load);
    }

    private static @Nullable RelationLoad load(Map<?, ?> relation, Map<?, ?> view) {
        String owner = text(relation, "model");
        String name = text(relation, "name");
        if (owner == null || name == null) {
            return null;
        }
        String target = text(relation, "target");
        return new RelationLoad(
                owner,
                name,
                kind(text(relation, "kind")),
                "?".equals(target) ? null : target,
                Boolean.TRUE.equals(relation.get("filtered")),
                Boolean.TRUE.equals(relation.get("eager")),
                text(relation, "path"),
                querySet(view),
                text(relation, "method"));
    }

    private static @Nullable RelationLoad rows(Map<?, ?> rows) {
        String model = text(rows, "model");
        if (model == null) {
            return null;
        }
        String file = text(rows, "file");
        String function = text(rows, "function");
        return new RelationLoad(
                model,
                "objects",
                RelationLoad.Kind.ROWS,
                model,
                false,
                false,
                null,
                file == null ? null : new CallSite(file, line(rows), function == null ? "" : function, null, null),
                text(rows, "method"));
    }

    private static RelationLoad.Kind kind(@Nullable String kind) {
        return switch (kind == null ? "" : kind) {
            case "forward", "one_to_one" -> RelationLoad.Kind.TO_ONE;
            case "generic" -> RelationLoad.Kind.GENERIC;
            case "deferred" -> RelationLoad.Kind.DEFERRED;
            default -> RelationLoad.Kind.TO_MANY;
        };
    }

    private static @Nullable CallSite querySet(Map<?, ?> view) {
        String file = text(view, "file");
        String name = text(view, "name");
        String kind = Boolean.TRUE.equals(view.get("admin")) ? " (admin)" : "";
        return file == null ? null : new CallSite(file, line(view), name == null ? "" : name + kind, null, null);
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) {
        return of.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable String text(Map<?, ?> of, String key) {
        return of.get(key) instanceof String text && !text.isBlank() && text.indexOf('\n') < 0 ? text : null;
    }

    private static int line(Map<?, ?> place) {
        return place.get("line") instanceof Number line ? Math.max(0, line.intValue()) : 0;
    }
}
