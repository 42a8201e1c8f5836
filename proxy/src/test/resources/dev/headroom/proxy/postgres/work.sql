-- What psql's users do, errors included.
\set ON_ERROR_STOP off
\pset pager off
select 1 as one, 'text' as two \gdesc
create temp table t(id int primary key, name text);
insert into t select i, 'name ' || i from generate_series(1, 1000) i;
select count(*), sum(id), min(name) from t;
select * from no_such_table;
begin;
insert into t values (1, 'again');
select 'ignored';
rollback;
select 1; select 2\; select 3;
\copy (select id from t order by id limit 3) to stdout
copy t from stdin;
2001	copied
\.
select * from t where id > 999 order by id;
prepare p(int) as select name from t where id = $1;
execute p(7);
begin;
declare c cursor for select id from t order by id;
fetch 2 from c;
fetch 2 from c;
commit;
listen news;
select length(repeat('x', 3000000));
do $$ begin raise notice 'not shown'; perform 1; end $$;
