"""What Python applications do with asyncpg, printed."""
import asyncio
import datetime
import decimal
import io
import sys
import uuid

import asyncpg

WHERE = {"host": "127.0.0.1", "port": int(sys.argv[1]), "user": "postgres", "database": "postgres"}


async def main():
    connection = await asyncpg.connect(**WHERE)
    await connection.execute(
        "create temp table work(id int primary key, name text, n numeric, at timestamptz, k uuid, b bool, a int[])"
    )
    key = uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
    at = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc)
    await connection.executemany(
        "insert into work values ($1, $2, $3, $4, $5, $6, $7)",
        [(i, "näme '%d'" % i, decimal.Decimal(i) / 8, at, key, i % 2 == 0, [1, i]) for i in range(30)],
    )
    print(await connection.fetch("select * from work where id < $1", 4))
    statement = await connection.prepare("select name from work where id = $1")
    print([await statement.fetchval(i) for i in range(10)])
    async with connection.transaction():
        print([row[0] async for row in connection.cursor("select id from work order by id", prefetch=7)])
        cursor = await connection.cursor("select id from work order by id")
        print(await cursor.fetch(3), await cursor.forward(2), await cursor.fetchrow())
    for wrong in ("select no_such_column", "selec", "insert into work(id) values (1)"):
        try:
            await connection.execute(wrong)
        except asyncpg.PostgresError as error:
            print(error.sqlstate)
    try:
        await connection.executemany("insert into work(id) values ($1)", [(200,), (201,), (200,), (203,)])
    except asyncpg.PostgresError as error:
        print(error.sqlstate)
    print(await connection.fetchval("select count(*) from work"))
    records = [(1000 + i, "x") for i in range(100)]
    print(await connection.copy_records_to_table("work", records=records, columns=["id", "name"]))
    out = io.BytesIO()
    print(await connection.copy_from_query("select id from work order by id", output=out), len(out.getvalue()))
    try:
        await connection.copy_records_to_table("work", records=[(1, "x")], columns=["id", "name"])
    except asyncpg.PostgresError as error:
        print(error.sqlstate)
    heard = asyncio.get_running_loop().create_future()
    await connection.add_listener("news", lambda *news: heard.done() or heard.set_result(news[3]))
    await connection.execute("notify news, 'hello'")
    print(await heard)
    try:
        await connection.fetch("select pg_sleep(60)", timeout=0.3)
    except asyncio.TimeoutError:
        print("cancelled")
    print(await connection.fetchval("select length($1::bytea)", b"z" * 5_000_000))
    await connection.reset()
    await connection.close()
    async with asyncpg.create_pool(min_size=4, max_size=8, **WHERE) as pool:
        print(sum(await asyncio.gather(*[pool.fetchval("select $1::int * 2", i) for i in range(100)])))


asyncio.run(main())
