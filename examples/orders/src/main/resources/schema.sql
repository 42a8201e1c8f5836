create table companies (
    id bigint primary key,
    name text not null,
    vat_number text not null,
    website text not null,
    profile text not null,
    terms text not null
);

create table offices (
    id bigint primary key,
    company_id bigint not null references companies,
    manager_id bigint not null,
    name text not null,
    street text not null,
    postcode text not null,
    city text not null,
    description text not null,
    directions text not null
);

create table opening_hours (
    id bigint primary key,
    office_id bigint not null references offices,
    weekday int not null check (weekday between 1 and 7),
    opens time not null,
    closes time not null
);

create table users (
    id bigint primary key,
    company_id bigint not null references companies,
    office_id bigint not null references offices,
    name text not null,
    email text not null,
    phone text not null
);

create table addresses (
    id bigint primary key,
    user_id bigint not null references users,
    active boolean not null,
    street text not null,
    postcode text not null,
    city text not null,
    since date not null
);

create table orders (
    id bigint primary key,
    user_id bigint not null references users,
    office_id bigint not null references offices,
    number text not null,
    status text not null check (status in ('OPEN', 'SHIPPED', 'CLOSED')),
    ordered_on date not null,
    total numeric(12, 2) not null
);

create table order_lines (
    id bigint primary key,
    order_id bigint not null references orders,
    position int not null,
    product text not null,
    quantity int not null,
    price numeric(12, 2) not null
);
