package dev.headroom.core.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query loads, as the ORM in the app told: a relation, or a query set's own rows.
 *
 * @param owner the model that has the relation, e.g. {@code Order}; or whose rows they are
 * @param name the relation's name on it, e.g. {@code office}; {@code objects} for a query set's own rows
 * @param kind what it leads to
 * @param target the model that it leads to; null where several or unknown
 * @param filtered whether less than the whole relation is asked for
 * @param eager whether it is loaded ahead, in a query of its own
 * @param path its path from the query set's model, e.g. {@code user__office}; null where unknown
 * @param querySet where the query set is made that the rows came from; null where unknown
 * @param method the query set's method that asked, e.g. {@code first}; null where none was or unknown
 */
public record RelationLoad(
        String owner,
        String name,
        Kind kind,
        @Nullable String target,
        boolean filtered,
        boolean eager,
        @Nullable String path,
        @Nullable CallSite querySet,
        @Nullable String method) {
    /** What a relation leads to. */
    public enum Kind {
        /** One row that this row points at. */
        TO_ONE,
        /** Rows that point at this one. */
        TO_MANY,
        /** A row of any model. */
        GENERIC,
        /** A column of the row itself that was left out at first. */
        DEFERRED,
        /** No relation: the rows that a query set is asked for. */
        ROWS
    }

    private static final int FIELDS = 11;

    public RelationLoad {
        if (owner.isBlank() || name.isBlank()) {
            throw new IllegalArgumentException("a relation needs an owner and a name: " + owner + "." + name);
        }
    }

    /** A load of which the method that asked is not known. */
    public RelationLoad(
            String owner,
            String name,
            Kind kind,
            @Nullable String target,
            boolean filtered,
            boolean eager,
            @Nullable String path,
            @Nullable CallSite querySet) {
        this(owner, name, kind, target, filtered, eager, path, querySet, null);
    }

    /** Whether it is a relation that was loaded only when it was asked for. */
    public boolean lazy() {
        return !eager && kind != Kind.ROWS;
    }

    /** All of it as one text of lines, as recordings keep it. */
    public String text() {
        return String.join(
                "\n",
                List.of(
                        owner,
                        name,
                        kind.name(),
                        target == null ? "" : target,
                        filtered ? "filtered" : "",
                        eager ? "eager" : "",
                        path == null ? "" : path,
                        querySet == null ? "" : querySet.file(),
                        querySet == null ? "0" : Integer.toString(querySet.line()),
                        querySet == null ? "" : querySet.function(),
                        method == null ? "" : method));
    }

    /**
     * What {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static RelationLoad parse(String text) {
        String[] fields = text.split("\n", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("a relation's text has " + FIELDS + " lines, not " + fields.length);
        }
        CallSite querySet = fields[7].isEmpty()
                ? null
                : new CallSite(fields[7], Integer.parseInt(fields[8]), fields[9], null, null);
        return new RelationLoad(
                fields[0],
                fields[1],
                Kind.valueOf(fields[2]),
                fields[3].isEmpty() ? null : fields[3],
                !fields[4].isEmpty(),
                !fields[5].isEmpty(),
                fields[6].isEmpty() ? null : fields[6],
                querySet,
                fields[10].isEmpty() ? null : fields[10]);
    }
}
