package dev.headroom.proxy.postgres.catalogue;

import dev.headroom.core.sql.CalledNames;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server which of the names that a statement may call are volatile: {@code pg_proc.provolatile} says so of
 * whatever may do more than compute, as nextval, pg_advisory_lock, dblink, lo_unlink, pg_terminate_backend, pg_sleep,
 * set_config, query_to_xml, and each user's function that was not declared otherwise (PostgreSQL's manual, 38.7). A name
 * counts where any function of it, in whatever schema, is volatile. What is declared stable or immutable is believed.
 */
final class VolatileNames {
    /** Volatile because each call tells something else, not because a call does something. */
    private static final List<String> HARMLESS = List.of(
            "random",
            "random_normal",
            "clock_timestamp",
            "timeofday",
            "gen_random_uuid",
            "uuidv4",
            "uuidv7",
            // sampling methods
            "bernoulli",
            "system");

    private static final String MARK = "/* headroom: volatile functions */ ";

    private static final String FUNCTIONS = MARK
            + "select p.proname from pg_catalog.pg_proc p"
            + " left join pg_catalog.pg_aggregate a on a.aggfnoid = p.oid"
            + " where p.proname = any(array[%s]::name[])"
            + " and (p.provolatile = 'v' or exists (select 1 from pg_catalog.pg_proc t where t.provolatile = 'v'"
            + " and t.oid in (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn,"
            + " a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn)))"
            + " and not (p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace and p.proname = any(array[%s]::name[]))"
            + " limit 1";

    private static final String OPERATORS = MARK
            + "select o.oprname from pg_catalog.pg_operator o join pg_catalog.pg_proc p on p.oid = o.oprcode"
            + " where p.provolatile = 'v' and o.oprname = any(array[%s]::name[]) limit 1";

    /** Casts and domains are called without being named. */
    private static final String UNNAMED = MARK
            + "select pg_catalog.format_type(c.casttarget, null) from pg_catalog.pg_cast c"
            + " join pg_catalog.pg_proc p on p.oid = c.castfunc where p.provolatile = 'v'"
            + " union all select pg_catalog.format_type(k.contypid, null) from pg_catalog.pg_constraint k"
            + " join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass"
            + " and d.objid = k.oid and d.refclassid = 'pg_catalog.pg_proc'::pg_catalog.regclass"
            + " join pg_catalog.pg_proc p on p.oid = d.refobjid"
            + " where k.contypid <> 0 and p.provolatile = 'v' limit 1";

    private final OwnConnection connection;

    VolatileNames(OwnConnection connection) {
        this.connection = connection;
    }

    /** Which of them may do more than compute, as the end of a sentence; null where none may. */
    @Nullable
    String trouble(CalledNames called) throws IOException {
        String function = first(String.format(FUNCTIONS, list(called.functions()), list(HARMLESS)));
        if (function != null) {
            return "it may call " + function + "(), which is volatile: it may do what no rollback undoes";
        }
        String operator = first(String.format(OPERATORS, list(called.operators())));
        return operator == null ? null : "it may use the operator " + operator + ", whose function is volatile";
    }

    /** The same of what is called without being named, wherever the database has it. */
    @Nullable
    String unnamedTrouble() throws IOException {
        String type = first(UNNAMED);
        return type == null
                ? null
                : "the database has a cast to, or a domain, " + type
                        + " that calls a volatile function, and whether this statement uses it cannot be told";
    }

    private @Nullable String first(String query) throws IOException {
        List<List<String>> rows = connection.query(query);
        return rows.isEmpty() ? null : rows.get(0).get(0);
    }

    private static String list(Collection<String> names) {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            list.append(list.length() == 0 ? "'" : ", '")
                    .append(name.replace("'", "''"))
                    .append('\'');
        }
        return list.toString();
    }
}
