package dev.headroom.core.check;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.RelationLoad;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fix in Django's words that is being put together. Its details name an {@code action} only where they are enough to
 * apply it by machine; docs/reference/python.md lists them.
 */
final class DjangoFix {
    private final Map<String, String> details = new LinkedHashMap<>();

    DjangoFix with(String name, String value) {
        details.put(name, value);
        return this;
    }

    /** The relation that it is about. */
    DjangoFix relation(RelationLoad load) {
        return with("relation", load.owner() + "." + load.name());
    }

    /** Where the query set to change is made. */
    DjangoFix at(@Nullable CallSite querySet) {
        if (querySet != null) {
            with("file", querySet.file());
            with("line", Integer.toString(querySet.line()));
            with("querySet", querySet.function());
        }
        return this;
    }

    /** Whether a query set is named. */
    boolean hasPlace() {
        return details.containsKey("file");
    }

    /** How many statements a request will run less. */
    DjangoFix less(long statements) {
        return with("statementsLess", Long.toString(Math.max(0, statements)));
    }

    Fix fix(Remedy remedy, String text, @Nullable String code) {
        return new Fix(remedy, Framework.DJANGO, text, code, details);
    }

    /** The query set in words. */
    static String where(@Nullable CallSite querySet) {
        return querySet == null
                ? " that the rows came from"
                : querySet.function().isEmpty() || querySet.function().equals("<module>")
                        ? " made at " + querySet.place()
                        : " of " + querySet.function() + " at " + querySet.place();
    }
}
