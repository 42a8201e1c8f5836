package dev.headroom.core.check;

import static dev.headroom.core.check.Framework.ACTIVE_RECORD;
import static dev.headroom.core.check.Framework.DJANGO;
import static dev.headroom.core.check.Framework.JDBC;
import static dev.headroom.core.check.Framework.JOOQ;
import static dev.headroom.core.check.Framework.JPA;
import static dev.headroom.core.check.Framework.MYBATIS;
import static dev.headroom.core.check.Framework.SQL;
import static dev.headroom.core.check.Framework.SQLALCHEMY;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to do, by kind of change and framework; every kind has a row for plain SQL. */
final class AdviceTable {
    /**
     * One cell.
     *
     * @param text what to do
     * @param code an example; null where words are enough
     */
    record Entry(String text, @Nullable String code) {}

    private static final Map<Remedy, Map<Framework, Entry>> TABLE = new EnumMap<>(Remedy.class);

    private AdviceTable() {}

    /** The advice for {@code remedy} in a framework's words; null where it has none of its own. */
    static @Nullable Entry entry(Remedy remedy, Framework framework) {
        Map<Framework, Entry> row = TABLE.get(remedy);
        return row == null ? null : row.get(framework);
    }

    private static void put(Remedy remedy, Framework framework, String text) {
        put(remedy, framework, text, null);
    }

    private static void put(Remedy remedy, Framework framework, String text, @Nullable String code) {
        TABLE.computeIfAbsent(remedy, key -> new EnumMap<>(Framework.class)).put(framework, new Entry(text, code));
    }

    static {
        loading();
        asking();
        fetchingLess();
        writing();
        holding();
    }

    private static void loading() {
        Remedy one = Remedy.LOAD_ONE_TOGETHER;
        put(one, SQL, "Join the table, or fetch all rows at once.", "WHERE id = ANY ($1)");
        put(one, DJANGO, "Name the foreign key on the queryset.", ".select_related(\"relation\")");
        put(one, SQLALCHEMY, "Load the relationship with the query.", ".options(joinedload(Order.user))");
        put(one, ACTIVE_RECORD, "Name the association on the relation.", ".includes(:user)");
        put(one, JPA, "Name the association on the query.", "@EntityGraph(attributePaths = \"association\")");
        put(one, JOOQ, "Join the table, or use an implicit path join.", "select(ORDER.user().NAME).from(ORDER)");
        put(
                one,
                MYBATIS,
                "Replace the nested select by a join.",
                "<association property=\"user\" resultMap=\"user\"/>");
        put(one, JDBC, "Join the table, or fetch all rows at once.", "WHERE id = ANY (?)");
        Remedy many = Remedy.LOAD_MANY_TOGETHER;
        put(many, SQL, "Fetch the rows of all parents at once.", "WHERE parent_id = ANY ($1)");
        put(
                many,
                DJANGO,
                "Prefetch the relation; narrow it with Prefetch(queryset=…, to_attr=…) and read the list. A new"
                        + " filter() on the related manager asks the database again.",
                ".prefetch_related(Prefetch(\"relations\", queryset=…, to_attr=\"chosen\"))");
        put(many, SQLALCHEMY, "Load the relationship with one more query.", ".options(selectinload(Order.lines))");
        put(
                many,
                ACTIVE_RECORD,
                "Name the association on the relation, and read what it loaded: where, order, pluck and count on it ask"
                        + " the database again.",
                ".includes(:lines)   # .preload, .eager_load");
        put(
                many,
                JPA,
                "Let Hibernate load the collection for many parents at once; that is safe with paging and with several"
                        + " collections, which join fetch is not. Or ask for all parents with one query.",
                "@BatchSize(size = 100)");
        put(
                many,
                JOOQ,
                "Fetch the children with multiset.",
                "multiset(selectFrom(LINE).where(LINE.ORDER_ID.eq(ORDER.ID)))");
        put(many, MYBATIS, "Ask once for all parents and group the rows in Java.", "WHERE parent_id = ANY (#{ids})");
        put(many, JDBC, "Fetch the rows of all parents at once.", "WHERE parent_id = ANY (?)");
        aggregating();
        byKeys();
    }

    private static void aggregating() {
        Remedy all = Remedy.AGGREGATE_TOGETHER;
        String once = "Ask once for all of them, and group by what each is asked for.";
        put(all, SQL, once, "SELECT parent_id, count(*) FROM children WHERE parent_id = ANY ($1) GROUP BY parent_id");
        put(
                all,
                DJANGO,
                "Let the query set bring the figure with each row, or ask once for all and group.",
                ".annotate(n=Count(\"relation\"))   # or .values(\"parent\").annotate(n=Count(\"pk\"))");
        put(
                all,
                SQLALCHEMY,
                once,
                "select(Line.order_id, func.count()).where(Line.order_id.in_(ids)).group_by(Line.order_id)");
        put(
                all,
                ACTIVE_RECORD,
                "Ask once for all of them and group, or keep the number with its parent.",
                "Line.where(order: orders).group(:order_id).count   # or counter_cache: true");
        put(
                all,
                JPA,
                once + " Loading collections at once does not help: a count asks the database each time.",
                "select l.order.id, count(l) from Line l where l.order in :orders group by l.order.id");
        put(all, JDBC, once, "SELECT parent_id, count(*) FROM children WHERE parent_id = ANY (?) GROUP BY parent_id");
    }

    private static void byKeys() {
        Remedy keys = Remedy.LOAD_BY_KEYS;
        put(
                keys,
                SQL,
                "The earlier query chose these very rows: let it fetch what is needed of them, or ask once for all keys.",
                "WHERE id = ANY ($1)");
        put(
                keys,
                DJANGO,
                "The earlier query set chose these very rows: keep its objects, or fetch all at once by their keys.",
                "Order.objects.in_bulk(ids)");
        put(
                keys,
                SQLALCHEMY,
                "The earlier query chose these very rows: keep its objects, or fetch all at once by their keys.",
                "select(Order).where(Order.id.in_(ids))");
        put(
                keys,
                ACTIVE_RECORD,
                "The earlier query chose these very rows: keep its records, or find all at once.",
                "User.find(ids)   # .index_by(&:id)");
        put(
                keys,
                JPA,
                "The earlier query chose these very rows: select entities instead of their ids, or load all at once by"
                        + " their ids.",
                "session.byMultipleIds(Order.class).multiLoad(ids)   // repository.findAllById(ids)");
        put(keys, JDBC, "The earlier query chose these very rows: ask once for all keys.", "WHERE id = ANY (?)");
    }

    private static void asking() {
        Remedy once = Remedy.ASK_ONCE;
        put(once, SQL, "Ask once and keep the answer for the rest of the request.");
        put(
                once,
                DJANGO,
                "Ask once: keep the object, use a cached_property, or prefetch with to_attr. A queryset is asked again"
                        + " each time that it is filtered anew, or sliced or counted before it was evaluated.");
        put(once, SQLALCHEMY, "Keep the result, or load by primary key with Session.get, which asks once.");
        put(
                once,
                ACTIVE_RECORD,
                "Keep the record in a variable or memoise it. Rails' query cache answers the same SQL within a request"
                        + " only until the next write, to any table, and not in jobs.",
                "@user ||= User.find(id)");
        put(
                once,
                JPA,
                "Call the repository once and pass the result on. Only find by id is answered from the persistence"
                        + " context; a query goes to the database each time.");
        Remedy fewer = Remedy.FEWER_STATEMENTS;
        put(fewer, SQL, "Ask for what belongs together with one statement, and for what is rarely shown only then.");
    }

    private static void fetchingLess() {
        Remedy columns = Remedy.FEWER_COLUMNS;
        put(columns, SQL, "Name the columns that are shown instead of fetching all.");
        put(
                columns,
                DJANGO,
                "Fetch only what is shown.",
                ".only(\"name\", \"city\")   # or .defer(\"description\"), .values(…)");
        put(columns, SQLALCHEMY, "Fetch only what is shown.", ".options(load_only(Order.name))");
        put(columns, ACTIVE_RECORD, "Fetch only what is shown.", ".select(:id, :name)   # .pluck(:name)");
        put(
                columns,
                JPA,
                "Select a projection instead of entities.",
                "select new com.example.OfficeName(o.id, o.name) …");
        put(columns, JOOQ, "Name the fields in select().");
        Remedy rows = Remedy.FEWER_ROWS;
        put(rows, SQL, "Let the database choose and count: WHERE, LIMIT with ORDER BY, aggregates.");
        put(
                rows,
                DJANGO,
                "Filter, slice or aggregate the queryset instead of the list.",
                "queryset.filter(…)[:50]   # .count(), .exists()");
        put(
                rows,
                ACTIVE_RECORD,
                "Filter, limit or count the relation instead of the array.",
                ".where(…).limit(50)   # .count, .exists?");
        put(rows, JPA, "Page the query, or count in the database.", "findByCompany(company, PageRequest.of(0, 50))");
        Remedy join = Remedy.SPLIT_JOIN;
        put(join, SQL, "Fetch each list with a query of its own: a join of two lists returns their product.");
        put(join, DJANGO, "Use prefetch_related for lists; annotate with subqueries instead of two joined lists.");
        put(join, SQLALCHEMY, "Use selectinload instead of joinedload for lists.");
        put(
                join,
                ACTIVE_RECORD,
                "Use preload for lists, where includes or eager_load made one join of them.",
                ".preload(:lines)");
        put(join, JPA, "Fetch at most one collection with a join, the others with @BatchSize or a query of their own.");
        Remedy faster = Remedy.FASTER_STATEMENT;
        put(
                faster,
                SQL,
                "Look at its plan (EXPLAIN (ANALYZE, BUFFERS)): a missing index, or more rows read than needed.");
    }

    private static void writing() {
        Remedy together = Remedy.WRITE_TOGETHER;
        put(together, SQL, "Write many rows with one statement.", "INSERT INTO t (…) VALUES (…), (…)");
        put(
                together,
                DJANGO,
                "Collect the objects and write them at once.",
                "Model.objects.bulk_create(objects)   # bulk_update");
        put(together, SQLALCHEMY, "Insert with one execute over a list.", "session.execute(insert(Line), rows)");
        put(together, ACTIVE_RECORD, "Write the rows at once.", "Line.insert_all(rows)   # upsert_all, update_all");
        put(
                together,
                JPA,
                "Let Hibernate batch (not with IDENTITY keys).",
                "hibernate.jdbc.batch_size=50\nhibernate.order_inserts=true");
        put(together, JOOQ, "Use batchInsert or a multi-row insert.");
        put(together, MYBATIS, "Use ExecutorType.BATCH or <foreach> over the rows.");
        put(together, JDBC, "Use addBatch and executeBatch.", "reWriteBatchedInserts=true");
        Remedy transaction = Remedy.ONE_TRANSACTION;
        put(transaction, SQL, "Put one transaction around what belongs together.", "BEGIN; …; COMMIT");
        put(transaction, DJANGO, "Put one atomic block around the whole.", "with transaction.atomic():");
        put(transaction, ACTIVE_RECORD, "Put one transaction around the whole.", "Order.transaction do … end");
        put(
                transaction,
                JPA,
                "Put @Transactional on the service's method, not only on the repository's.",
                "@Transactional");
        Remedy failure = Remedy.AVOID_FAILURE;
        put(failure, SQL, "Look up the SQLSTATE in PostgreSQL's manual, appendix A; the app's log has the message.");
    }

    private static void holding() {
        Remedy pool = Remedy.POOL_CONNECTIONS;
        put(pool, SQL, "Keep connections between requests: a pool in the app, or pgbouncer.");
        put(
                pool,
                DJANGO,
                "Keep the connection between requests, or use Django's pool (5.1 and later).",
                "CONN_MAX_AGE = 60\nCONN_HEALTH_CHECKS = True");
        put(pool, SQLALCHEMY, "Make one engine for the process, not one per request.");
        put(
                pool,
                ACTIVE_RECORD,
                "Let the pool of config/database.yml hold as many as the server has threads.",
                "pool: 5");
        put(pool, JPA, "Use a pool such as HikariCP, one DataSource for the process.");
        Remedy shorter = Remedy.SHORTEN_TRANSACTION;
        put(shorter, SQL, "Do slow work that needs no database before the transaction, or after it.");
        put(
                shorter,
                DJANGO,
                "Take the slow work out of the atomic block; switch ATOMIC_REQUESTS off for this view.",
                "@transaction.non_atomic_requests");
        put(
                shorter,
                ACTIVE_RECORD,
                "Take slow work, such as mail and calls of other services, out of the transaction.",
                "after_commit :notify");
        put(
                shorter,
                JPA,
                "Call other services outside of @Transactional; switch open-in-view off.",
                "spring.jpa.open-in-view=false");
    }
}
