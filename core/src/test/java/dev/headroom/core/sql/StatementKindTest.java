package dev.headroom.core.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            select 1                                                    | SELECT  | -
            (select a from t) union (select a from u)                   | SELECT  | t u
            table t                                                     | SELECT  | t
            values (1), (2)                                             | SELECT  | -
            with x as (select a from t) select a from x join u on true  | SELECT  | t u
            with recursive x(a) as (select 1), y as (select 2 from t) select * from x, y, z | SELECT | t z
            with x as (delete from t returning a) select a from x       | DELETE  | t
            with x as (select a from t) insert into u select a from x   | INSERT  | t u
            with x as (select a from t) update u set a = x.a from x     | UPDATE  | t u
            insert into t (a) values (1) on conflict do update set a=2  | INSERT  | t
            insert into t select a from u                               | INSERT  | t u
            update t set a = 1 from u where t.id = u.id                 | UPDATE  | t u
            delete from t using u where t.id = u.id                     | DELETE  | t u
            merge into t using u on t.id = u.id when matched then delete | UPDATE | t u
            truncate table t                                            | DELETE  | t
            copy t (a, b) from stdin                                    | COPY    | t
            copy (select a from t) to stdout                            | COPY    | t
            select a from "Orders" o, public.users u left join s.x on o.id=x.id | SELECT | Orders users s.x
            select a from "public"."orders"                             | SELECT  | orders
            select a from t join (u left join v on u.id=v.id) on t.id=u.id | SELECT | t u v
            select a from generate_series(1, 10) g, t                   | SELECT  | t
            select extract(year from a), b from t where c is distinct from d | SELECT | t
            select substring(a from 2), (select max(b) from u) from t   | SELECT  | u t
            select a from t for update of t skip locked                 | SELECT  | t
            select a from only t                                        | SELECT  | t
            select a from t, lateral (select b from u) x                | SELECT  | t u
            select a from t join u using (id) where x                   | SELECT  | t u
            explain select a from t                                     | OTHER   | t
            execute p (1)                                               | OTHER   | -
            create table t (a int)                                      | OTHER   | -
            call p(1)                                                   | OTHER   | -
            do $$ begin end $$                                          | OTHER   | -
            lock table t                                                | OTHER   | -
            notify c, 'x'                                               | OTHER   | -
            begin                                                       | CONTROL | -
            START TRANSACTION READ ONLY                                 | CONTROL | -
            commit                                                      | CONTROL | -
            end                                                         | CONTROL | -
            rollback                                                    | CONTROL | -
            abort                                                       | CONTROL | -
            savepoint a                                                 | CONTROL | -
            release a                                                   | CONTROL | -
            set time zone 'UTC'                                         | CONTROL | -
            reset all                                                   | CONTROL | -
            show server_version                                         | CONTROL | -
            discard all                                                 | CONTROL | -
            deallocate p                                                | CONTROL | -
            prepare transaction 'x'                                     | CONTROL | -
            prepare p as select 1                                       | CONTROL | -
            listen c                                                    | CONTROL | -
            unlisten *                                                  | CONTROL | -
            declare c cursor for select a from t                        | SELECT  | t
            fetch 100 from c                                            | CONTROL | -
            move forward 5 in c                                         | CONTROL | -
            close c                                                     | CONTROL | -
            select set_config('TimeZone', 'UTC', false)                 | CONTROL | -
            select pg_catalog.set_config('search_path', '', false)      | CONTROL | -
            /* nothing */                                               | CONTROL | -
            """)
    void tellsWhatAStatementDoesAndToWhichTables(String sql, StatementKind kind, String tables) {
        byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
        QueryShape shape =
                new StatementReader(null).read(bytes, 0, bytes.length).shape();
        assertThat(shape.kind()).as(shape.text()).isEqualTo(kind);
        assertThat(shape.tables()).as(shape.text()).containsExactly(tables == null ? new String[0] : tables.split(" "));
    }
}
