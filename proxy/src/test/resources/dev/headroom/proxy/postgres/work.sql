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
-- Errors in the middle of COPY, cursors in all directions, what pools send, several statements in one message.
copy t from stdin;
3001	right
wrong	3002
3003	right
\.
select count(*) from t where id > 3000;
begin;
copy t from stdin;
3001	right
3001	right	too many
\.
select 'ignored';
rollback;
\copy t to '/dev/null'
copy t to stdout (format binary) \g /dev/null
select 'select ' || i || ' as generated' from generate_series(1, 3) i \gexec
\set FETCH_COUNT 7
select id from t order by id limit 20;
\unset FETCH_COUNT
begin;
declare s scroll cursor with hold for select id from t order by id;
fetch 3 from s;
fetch backward 1 from s;
move 5 in s;
fetch absolute 10 s;
commit;
fetch next from s;
close s;
execute p(7);
deallocate p;
execute p(7);
discard all;
set client_encoding to 'LATIN1';
select length('ü');
reset client_encoding;
set statement_timeout to 50;
select pg_sleep(10);
reset statement_timeout;
set client_min_messages to notice;
do $$ begin for i in 1..5000 loop raise notice 'number %', i; end loop; end $$;
set client_min_messages to warning;
select 1\; select 1 / 0\; select 'never';
begin\; select 1\; commit;
;
create procedure both_ways() language plpgsql as $$
begin insert into t values (-1); commit; insert into t values (-2); rollback; end $$;
create temp table t(id int primary key, name text);
call both_ways();
select * from t;
drop procedure both_ways;
vacuum;
