"""What Python applications do with psycopg 3, printed."""
import asyncio
import datetime
import decimal
import logging
import sys
import uuid

import psycopg
from psycopg.types.json import Jsonb

logging.disable(logging.CRITICAL)
where = "host=127.0.0.1 port=%s user=postgres dbname=postgres" % sys.argv[1]
key = uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
at = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc)
with psycopg.connect(where) as connection:
    connection.execute("set timezone to 'UTC'")
    cursor = connection.cursor()
    cursor.execute("create temp table work(id int primary key, name text, n numeric, at timestamptz, k uuid, j jsonb)")
    for i in range(12):
        cursor.execute(
            "insert into work values (%s, %s, %s, %s, %s, %s)",
            (i, "näme '%d'" % i, decimal.Decimal(i) / 8, at, key, Jsonb({"i": i})),
        )
    cursor.executemany("insert into work(id, name) values (%s, %s)", [(100 + i, "x") for i in range(50)])
    connection.commit()
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        for _ in range(8):
            cursor.execute("select * from work where id < %s order by id", (5,))
            rows = cursor.fetchall()
        print(rows)
    connection.commit()
    for wrong in ("select no_such_column", "selec", "insert into work(id) values (1)"):
        try:
            connection.execute(wrong)
        except psycopg.Error as error:
            print(error.sqlstate)
        connection.rollback()
    with connection.pipeline():
        piped = [connection.execute("select %s::int", (i,)) for i in range(20)]
    print([each.fetchone() for each in piped])
    try:
        with connection.pipeline() as pipeline:
            connection.execute("select 1")
            connection.execute("select 1 / 0")
            connection.execute("select 3")
            pipeline.sync()
    except psycopg.Error as error:
        print("pipeline", error.sqlstate)
    connection.rollback()
    with connection.cursor("named") as named:
        named.itersize = 7
        named.execute("select id from work order by id")
        print(sum(row[0] for row in named))
    with cursor.copy("copy (select id, name from work order by id limit 4) to stdout") as copy:
        print([bytes(block) for block in copy])
    with cursor.copy("copy work(id, name) from stdin (format binary)") as copy:
        copy.set_types(["int4", "text"])
        copy.write_row((5000, "binary"))
    try:
        with cursor.copy("copy work(id, name) from stdin") as copy:
            copy.write_row((6000, "never"))
            raise KeyError
    except (KeyError, psycopg.Error) as error:
        print(type(error).__name__)
    connection.rollback()
    connection.add_notify_handler(lambda notify: print("notified:", notify.payload))
    connection.execute("listen news")
    connection.execute("notify news, 'hello'")
    connection.commit()
    connection.execute("select 1")
    print([row[0] for row in connection.cursor().stream("select generate_series(1, %s)", (500,))][-1])
    print(len(connection.execute("select %b::bytea", (b"x" * 20_000_000,)).fetchone()[0]))
    many = "select count(*) from unnest(array[%s]::text[])" % ",".join(["%s"] * 65535)
    print(connection.execute(many, ["a"] * 65535).fetchone())
    connection.execute("set client_encoding to 'latin1'")
    print(connection.execute("select %s, 'ü'", ("ö",)).fetchone())


async def cancelled():
    waiting = await psycopg.AsyncConnection.connect(where)
    pid = waiting.info.backend_pid
    task = asyncio.create_task(waiting.execute("select pg_sleep(60)"))
    async with await psycopg.AsyncConnection.connect(where, autocommit=True) as other:
        query = "select 1 from pg_stat_activity where pid = %s and state = 'active' and query ~ 'pg_sleep'"
        while await (await other.execute(query, (pid,))).fetchone() is None:
            pass
    waiting.cancel()
    try:
        await task
    except psycopg.Error as error:
        print("cancelled", error.sqlstate)
    await waiting.close()


asyncio.run(cancelled())
