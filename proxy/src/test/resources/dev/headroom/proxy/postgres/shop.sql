-- Something to dump: types, keys, an index, a view, a function, large values.
drop schema if exists dumped cascade;
create schema dumped;
create table dumped.company(id int primary key, name text not null, note text);
create table dumped.office(id int primary key, company int references dumped.company, raw bytea, tags text[], data jsonb);
insert into dumped.company select i, 'company ' || i, repeat('long text ', i) from generate_series(1, 300) i;
insert into dumped.office
  select i, 1 + i % 300, decode(md5(i::text), 'hex'), array['a', 'b' || i], jsonb_build_object('i', i)
  from generate_series(1, 5000) i;
create index on dumped.office(company);
create view dumped.offices_of as select c.name, count(*) from dumped.company c join dumped.office o on o.company = c.id group by 1;
create function dumped.twice(i int) returns int language sql as 'select 2 * i';
