package dev.headroom.cli.scenario;

import dev.headroom.cli.endtoend.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The database that all scenarios share. Keys of different tables overlap, and decoys hold what keys hold. */
final class Shop {
    private static final String TABLES = """
            create table companies (id int primary key, name text not null, terms text not null);
            create table offices (id int primary key, company_id int not null references companies,
                name text not null, notes text not null);
            create table profiles (id int primary key, bio text not null);
            create table users (id int primary key, name text not null, email text not null unique,
                office_id int not null references offices, profile_id int not null unique references profiles,
                parent_id int);
            create table addresses (id int primary key, user_id int not null references users,
                street text not null, active boolean not null);
            create table orders (id int primary key, quantity int not null, user_id int not null references users,
                author_id int not null references users, updater_id int not null references users,
                office_id int not null references offices, total numeric(10, 2) not null);
            create table products (code text primary key, name text not null);
            create table order_lines (order_id int references orders, line int, product text references products,
                primary key (order_id, line));
            create table shipments (id int primary key, order_id int, line int, carrier text not null,
                foreign key (order_id, line) references order_lines);
            create table roles (id int primary key, name text not null);
            create table user_roles (id int primary key, user_id int not null references users,
                role_id int not null references roles);
            create table notes (id int primary key, target_type text, target_id int, text text not null);
            create table documents (id uuid primary key, title text not null);
            create table attachments (id uuid primary key, document_id uuid not null references documents,
                name text not null);
            create table settings (key text primary key, value text not null);
            create table django_session (session_key text primary key, session_data text not null);
            create table jobs (id int primary key, state text not null);
            create table visits (id int primary key, note text not null);
            create table articles (id int primary key, title text not null, published timestamptz not null,
                body text not null, markup text not null, reviews text not null);
            create table audit (id serial primary key, what text not null);
            create schema sales;
            create table sales."Order Item" ("Item Id" int primary key, "User Id" int not null references users);
            create table sales.users (id int primary key, name text not null);
            create schema tenant_1;
            create schema tenant_2;
            create table tenant_1.users (id int primary key, name text not null);
            create table tenant_2.users (id int primary key, name text not null);
            create function rename(number int) returns text language sql volatile as
                'update users set name = reverse(name) where id = number returning name';
            """;

    private static final String ROWS = """
            insert into companies select i, 'company ' || i, repeat('terms of trade ', 20) || i
                from generate_series(1, 44) i;
            insert into offices select i, case when i <= 300 then 40 else 1 + (i - 301) / 5 end,
                'the office number ' || i, repeat('how to get there ', 20) || i from generate_series(1, 420) i;
            insert into offices select 420 + c * 100 + i, 40 + c, 'the branch number ' || i, 'none'
                from generate_series(1, 4) c, generate_series(1, c * 6) i;
            insert into profiles select i, 'bio ' || i from generate_series(1, 60) i;
            insert into users select i, 'user ' || i, 'u' || i || '@example.org', 300 + i, 61 - i, i + 1
                from generate_series(1, 60) i;
            insert into addresses select i, 1 + i % 60, 'street ' || i, i % 2 = 0 from generate_series(1, 600) i;
            insert into orders select i, 1 + i % 40, 1 + i % 40, 60 - i % 40, 1 + (i * 7) % 20, 301 + (i * 5) % 120, i
                from generate_series(1, 600) i;
            insert into products select 'P-' || i, 'a product called ' || i from generate_series(1, 30) i;
            insert into order_lines select o, l, 'P-' || (1 + (o * 3 + l) % 30)
                from generate_series(1, 40) o, generate_series(1, 3) l;
            insert into shipments select (o - 1) * 3 + l, o, l, 'carrier ' || l
                from generate_series(1, 40) o, generate_series(1, 3) l;
            insert into roles select i, 'role ' || i from generate_series(1, 15) i;
            insert into user_roles select i, 1 + i % 60, 1 + i % 15 from generate_series(1, 180) i;
            insert into notes select i, case when i % 2 = 0 then 'user' else 'company' end, i, 'note ' || i
                from generate_series(1, 40) i;
            insert into documents select md5('d' || i)::uuid, 'document ' || i from generate_series(1, 30) i;
            insert into attachments select md5('a' || i)::uuid, md5('d' || (1 + i % 30))::uuid, 'file ' || i
                from generate_series(1, 90) i;
            insert into settings select 'key.' || i, 'value ' || i from generate_series(1, 30) i;
            insert into django_session select 's' || i, 'data ' || i from generate_series(1, 60) i;
            insert into visits select i, 'visit ' || i from generate_series(1, 12000) i;
            insert into articles select i, 'The voyage of the ' || ship || ' & others, part ' || i,
                timestamptz '2026-01-01 08:15:00+00' + i * interval '31 hours 7 minutes',
                'Dated 3 May ' || (1900 + i) || ': the "' || ship || '" & her crew of ' || (i * 3) || ' left ' || port
                    || E' <at last>.\n\nNobody aboard had counted on ' || trouble || ', which came on the '
                    || (1 + i % 28) || E'th night out.\nIt took them until ' || port || ' was ' || (i * 17)
                    || ' miles astern before anyone spoke of it; the log has a single line about "' || trouble
                    || E'", in another hand.\n\nSee https://example.org/logs/' || i || ' for the whole page.',
                '<p class="colophon">Set in <em>Garamond</em> by workshop ' || i || ' at ' || port
                    || ' &amp; printed on unbleached paper, edition ' || (i % 7) || '</p>',
                'Reviewer ' || (i * 7) || ' found chapter ' || (i % 9)
                    || ' wordy, doubted its sources, suggested omitting footnotes and asked for permission to quote'
                from (select i, (array['Halcyon', 'Meridian', 'Petrel', 'Sirocco', 'Thetis'])[1 + i % 5] as ship,
                    (array['Bergen', 'Calais', 'Galway', 'Hamburg', 'Ipswich', 'Lisbon', 'Tromso'])[1 + i % 7] as port,
                    (array['mutiny', 'scurvy', 'pack ice', 'a broken rudder'])[1 + i % 4] as trouble
                    from generate_series(1, 60) i) a;
            insert into jobs select i, 'new' from generate_series(1, 100) i;
            insert into sales."Order Item" select i, 1 + i % 40 from generate_series(1, 40) i;
            insert into sales.users select i, 'seller ' || i from generate_series(1, 40) i;
            insert into tenant_1.users select i, 'one ' || i from generate_series(1, 10) i;
            insert into tenant_2.users select i, 'two ' || i from generate_series(1, 10) i;
            analyze;
            """;

    private Shop() {}

    /** Starts a server with these tables; the caller closes it. */
    static EmbeddedPostgres open() throws IOException, SQLException {
        EmbeddedPostgres server =
                TestPostgres.builder().setServerConfig("max_connections", "60").start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
            statement.execute(ROWS);
        }
        return server;
    }
}
