package dev.headroom.core.check;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to do, by kind of change and framework. */
final class AdviceTable {
    /**
     * One cell.
     *
     * @param text what to do
     * @param code an example; null where words are enough
     */
    record Entry(String text, @Nullable String code) {}

    private static final Map<Remedy, Map<Framework, Entry>> TABLE = new EnumMap<>(Remedy.class);

    static {
        put(
                Remedy.LOAD_TOGETHER,
                Framework.SQL,
                "Fetch all of them with one query: a join, or WHERE key IN (…).",
                null);
        put(
                Remedy.LOAD_TOGETHER,
                Framework.DJANGO,
                "Name the relation on the queryset: select_related for a foreign key, prefetch_related for many rows.",
                "queryset.select_related(\"relation\").prefetch_related(\"relations\")");
        put(
                Remedy.LOAD_TOGETHER,
                Framework.SQLALCHEMY,
                "Load the relationship with the query: joinedload for one row, selectinload for many.",
                "select(Order).options(selectinload(Order.lines))");
        put(
                Remedy.LOAD_TOGETHER,
                Framework.JPA,
                "Name the association on the query (@EntityGraph or join fetch; at most one collection, and none with"
                        + " paging), or set @BatchSize on it.",
                "@EntityGraph(attributePaths = \"association\")");
        put(
                Remedy.LOAD_TOGETHER,
                Framework.JOOQ,
                "Join the table, or fetch the children with multiset.",
                "multiset(selectFrom(CHILD).where(CHILD.PARENT_ID.eq(PARENT.ID)))");
        put(
                Remedy.LOAD_TOGETHER,
                Framework.MYBATIS,
                "Replace the nested select by a nested result map over a join.",
                "<collection property=\"lines\" resultMap=\"line\" columnPrefix=\"line_\"/>");
        put(
                Remedy.LOAD_TOGETHER,
                Framework.JDBC,
                "Fetch all of them with one statement over an array of keys.",
                "WHERE key = ANY (?)");
        put(Remedy.ASK_ONCE, Framework.SQL, "Ask once and keep the rows for the rest of the request.", null);
        put(
                Remedy.ASK_ONCE,
                Framework.DJANGO,
                "Evaluate it once: keep the list, use a cached_property, or prefetch it with Prefetch(to_attr=…) and"
                        + " filter in Python. A new filter() on a related manager asks the database again.",
                "Prefetch(\"addresses\", queryset=Address.objects.filter(active=True), to_attr=\"active_addresses\")");
        put(
                Remedy.ASK_ONCE,
                Framework.SQLALCHEMY,
                "Keep the result for the request, or load by primary key with Session.get, which asks once.",
                null);
        put(
                Remedy.ASK_ONCE,
                Framework.JPA,
                "Call the repository once and pass the result on, or cache it for the request; a query method is sent"
                        + " to the database each time, only find by id is answered from the persistence context.",
                null);
    }

    private AdviceTable() {}

    static @Nullable Entry entry(Remedy remedy, Framework framework) {
        Map<Framework, Entry> row = TABLE.get(remedy);
        return row == null ? null : row.get(framework);
    }

    private static void put(Remedy remedy, Framework framework, String text, @Nullable String code) {
        TABLE.computeIfAbsent(remedy, key -> new EnumMap<>(Framework.class)).put(framework, new Entry(text, code));
    }
}
