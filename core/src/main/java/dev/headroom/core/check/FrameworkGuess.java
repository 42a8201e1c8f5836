package dev.headroom.core.check;

import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the handwriting of its SELECTs which framework an app uses, where nobody says it. Only decides the words of
 * advice. Owned by one thread; keeps at most {@value #MOST} shapes' ids.
 */
final class FrameworkGuess {
    private static final int MOST = 500;
    private static final int FEWEST = 3;

    /** Hibernate's aliases: {@code o1_0.id} since 6, {@code office0_.id} before. */
    private static final Pattern HIBERNATE = Pattern.compile("\\b[a-z]+\\d+_(?:\\d+)?\\.");

    /** Django quotes every name and qualifies columns by the table, never by a schema. */
    private static final Pattern DJANGO = Pattern.compile("^SELECT (?:DISTINCT )?\"\\w+\"\\.\"\\w+\"[, ]");

    /** jOOQ quotes every name and qualifies columns by schema and table. */
    private static final Pattern JOOQ = Pattern.compile("\"\\w+\"\\.\"\\w+\"\\.\"\\w+\"");

    /** SQLAlchemy's labels repeat table and column: {@code users.id AS users_id}. */
    private static final Pattern SQLALCHEMY = Pattern.compile("\\b(\\w+)\\.(\\w+) AS \\1_\\2\\b");

    /** ActiveRecord asks for all columns of one table by its own name, and for existence in one way. */
    private static final Pattern ACTIVE_RECORD =
            Pattern.compile("^SELECT (?:DISTINCT )?(?:\"(\\w+)\"\\.\\* FROM \"\\1\"|\\? AS one FROM )| AS t0_r0, ");

    private final Set<Long> seen = new HashSet<>();
    private final Map<Framework, Integer> votes = new EnumMap<>(Framework.class);
    private int selects;

    void see(Query query) {
        QueryShape shape = query.shape();
        if (shape.kind() != StatementKind.SELECT || seen.size() >= MOST || !seen.add(shape.id())) {
            return;
        }
        selects++;
        Framework framework = of(shape.text());
        if (framework != null) {
            votes.merge(framework, 1, Integer::sum);
        }
    }

    private static @Nullable Framework of(String text) {
        if (HIBERNATE.matcher(text).find()) {
            return Framework.JPA;
        }
        if (JOOQ.matcher(text).find()) {
            return Framework.JOOQ;
        }
        if (ACTIVE_RECORD.matcher(text).find()) {
            return Framework.ACTIVE_RECORD;
        }
        if (DJANGO.matcher(text).find()) {
            return Framework.DJANGO;
        }
        return SQLALCHEMY.matcher(text).find() ? Framework.SQLALCHEMY : null;
    }

    /**
     * The framework that wrote most of the SELECTs; null where there are too few, no clear majority, or one that an app
     * in {@code language} can't be using.
     */
    @Nullable
    Framework framework(@Nullable Language language) {
        for (Map.Entry<Framework, Integer> vote : votes.entrySet()) {
            if (selects >= FEWEST && vote.getValue() * 3 >= selects * 2) {
                return vote.getKey().isFor(language) ? vote.getKey() : null;
            }
        }
        return null;
    }
}
