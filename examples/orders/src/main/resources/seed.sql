-- The same rows every time: nothing here is random, and nothing asks for today's date.
--
-- 60 companies; company 40 has 312 offices, 1 to 8 have 12 each, the others 8 each: 816 offices.
-- 40 orders a day. The 40 of the last day are the first page of /api/orders; one user ordered every second of them,
-- 20 others, each of another company, one each, at 40 offices of 12 companies.

create function pick(choices text[], n bigint) returns text language sql immutable
    return choices[1 + n % cardinality(choices)];

-- About 7 characters a word.
create function prose(seed bigint, words int) returns text language sql immutable return (
    select string_agg(pick(array[
        'the', 'building', 'stands', 'behind', 'station', 'square', 'visitors', 'should', 'register', 'at', 'reception',
        'deliveries', 'are', 'taken', 'until', 'noon', 'only', 'parking', 'is', 'available', 'underground', 'and',
        'our', 'technicians', 'maintain', 'heating', 'ventilation', 'lifts', 'throughout', 'region', 'customers',
        'receive', 'confirmation', 'within', 'two', 'working', 'days', 'agreement', 'remains', 'valid', 'for',
        'twelve', 'months', 'unless', 'terminated', 'in', 'writing', 'by', 'either', 'party'],
        (seed * 7919 + s * 104729 + s * s * 31) % 1000003), ' ' order by s)
    from generate_series(1, words) s);

insert into companies (id, name, vat_number, website, profile, terms)
select c,
       word || ' ' || pick(array['Facilities', 'Services', 'Trading', 'Logistics', 'Technics'], c),
       'ATU' || 10000000 + c * 7919,
       'https://www.' || lower(word) || '.example',
       prose(c, 450),
       prose(c + 1000, 700)
from generate_series(1, 60) c,
     pick(array[
        'Acker', 'Adler', 'Amsel', 'Anker', 'Bachmann', 'Berger', 'Birke', 'Brandt', 'Brunner', 'Buche',
        'Dachs', 'Daimer', 'Distel', 'Drossel', 'Eberle', 'Ebner', 'Eiche', 'Erle', 'Falke', 'Fichte',
        'Fischer', 'Forster', 'Gamper', 'Ginster', 'Graf', 'Gruber', 'Hafner', 'Hasel', 'Hofer', 'Holler',
        'Huber', 'Iltis', 'Jaeger', 'Kaiser', 'Kastner', 'Kofler', 'Kranich', 'Lechner', 'Linde', 'Lorenz',
        'Maier', 'Marder', 'Meise', 'Moser', 'Nagel', 'Oberhofer', 'Pichler', 'Rainer', 'Reiter', 'Sommer',
        'Specht', 'Steiner', 'Tanner', 'Tischler', 'Ulme', 'Vogel', 'Wagner', 'Weber', 'Winkler', 'Zeisig'],
        c - 1) word;

insert into offices (id, company_id, manager_id, name, street, postcode, city, description, directions)
select id, company, 4 * id - 3,
       city || ' ' || lpad((1 + n)::text, 3, '0'),
       pick(array['Hauptstrasse', 'Bahnhofplatz', 'Lindenweg', 'Am Graben', 'Ringstrasse', 'Industriezeile'], id * 5)
           || ' ' || 1 + id * 13 % 140,
       (1000 + id * 37 % 8999)::text,
       city,
       prose(id + 2000, 600),
       prose(id + 3000, 250)
from (select row_number() over (order by company, n) as id, company, n
      from generate_series(1, 60) company,
           generate_series(0, case when company = 40 then 311 when company <= 8 then 11 else 7 end) n) office,
     pick(array['Graz', 'Wien', 'Linz', 'Salzburg', 'Innsbruck', 'Klagenfurt', 'Villach', 'Wels', 'Steyr', 'Bregenz'],
        n) city;

insert into opening_hours (id, office_id, weekday, opens, closes)
select 6 * (office - 1) + weekday, office, weekday,
       time '07:30' + interval '30 minutes' * (office % 3),
       case when weekday = 6 then time '12:00' else time '17:00' + interval '30 minutes' * (weekday % 3) end
from generate_series(1, 816) office, generate_series(1, case when office % 4 = 0 then 6 else 5 end) weekday;

-- Four users an office; the first is its manager.
insert into users (id, company_id, office_id, name, email, phone)
select n, o.company_id, o.id, first || ' ' || last,
       lower(first) || '.' || lower(last) || n || '@' || split_part(c.website, 'www.', 2),
       '+43 316 ' || 100000 + n * 7919 % 899999
from generate_series(1, 4 * 816) n
     join offices o on o.id = (n + 3) / 4
     join companies c on c.id = o.company_id,
     pick(array['Ines', 'Jonas', 'Mira', 'Paul', 'Lea', 'Tobias', 'Nora', 'Felix', 'Eva', 'Simon', 'Hanna'], n) first,
     pick(array['Keller', 'Auer', 'Wolf', 'Haas', 'Lang', 'Egger', 'Stadler'], n / 3) last;

-- One to three addresses a user. Of every fifth user only the oldest is active, of every 97th none is, and of the others
-- the newest is and some older ones.
insert into addresses (id, user_id, active, street, postcode, city, since)
select 3 * u.id - age, u.id,
       case when u.id % 97 = 0 then false
            when u.id % 5 = 0 then age = u.id % 3
            else age = 0 or (u.id + age) % 2 = 0 end,
       pick(array['Gartenweg', 'Schulgasse', 'Kirchplatz', 'Muehlbach', 'Feldgasse'], u.id + age)
           || ' ' || 1 + (u.id * 11 + age * 17) % 90,
       o.postcode, o.city,
       date '2025-11-03' - (age * 400 + u.id % 300)::int
from users u join offices o on o.id = u.office_id, generate_series(0, u.id % 3) age;

insert into orders (id, user_id, office_id, number, status, ordered_on, total)
select id,
       1 + id * 7919 % 3264,
       1 + id * 104729 % 816,
       'A-' || 100000 + id,
       case when id % 10 < 2 then 'OPEN' when id % 10 < 4 then 'SHIPPED' else 'CLOSED' end,
       date '2026-03-02' - ((12000 - id) / 40)::int,
       0
from generate_series(1, 12000) id;

update orders
set status = 'OPEN',
    user_id = (select min(u.id) + 1 from users u
               where u.company_id = case when k % 2 = 0 then 41 else 13 + k / 2 end),
    office_id = (select min(o.id) + k / 12 from offices o where o.company_id = 1 + k % 12)
from generate_series(0, 39) k
where orders.id = 12000 - k;

insert into order_lines (id, order_id, position, product, quantity, price)
select 4 * (o.id - 1) + position, o.id, position,
       pick(array['Air filter F7', 'Lift inspection', 'LED panel 40 W', 'Boiler service', 'Fire extinguisher 6 kg',
            'Door closer', 'Smoke detector', 'Window cleaning', 'Thermostat', 'Pump seal', 'Access card'],
            o.id * 3 + position * 5),
       1 + (o.id + position) % 9,
       round((490 + (o.id * 137 + position * 911) % 19500) / 100.0, 2)
from orders o, generate_series(1, 1 + o.id % 4) position;

update orders set total = line.total
from (select order_id, sum(quantity * price) as total from order_lines group by order_id) line
where line.order_id = orders.id;

-- Indexes and the reference that closes the circle of offices and users come last, for speed.
alter table offices add foreign key (manager_id) references users;
create index on offices (company_id);
create index on opening_hours (office_id);
create index on users (office_id);
create index on addresses (user_id);
create index on orders (ordered_on desc, id desc);
create index on orders (user_id);
create index on orders (office_id);
create index on order_lines (order_id);

drop function prose(bigint, int);
drop function pick(text[], bigint);
