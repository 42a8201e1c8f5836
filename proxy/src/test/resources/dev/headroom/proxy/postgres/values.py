"""Sends values and reads them back with one of Python's drivers, in each form in which it can send them."""
import asyncio
import datetime
import decimal
import sys
import uuid

WHERE = {"host": "127.0.0.1", "port": int(sys.argv[2]), "user": "postgres"}
VALUES = [
    ("int2", -7),
    ("int4", 2147483647),
    ("int8", -9223372036854775807),
    ("int8", 9007199254740993),
    ("numeric", decimal.Decimal("1.50")),
    ("numeric", decimal.Decimal("-0.00001000")),
    ("numeric", decimal.Decimal("1E+20")),
    ("numeric", decimal.Decimal("NaN")),
    ("boolean", True),
    ("boolean", False),
    ("uuid", uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
    ("text", "it's ü, \\ and \n"),
    ("text", ""),
    ("text", None),
    ("varchar", "1.50"),
    ("char(9)", "padded"),
    ("date", datetime.date(2024, 2, 29)),
    ("date", datetime.date(1, 1, 1)),
    ("timestamp", datetime.datetime(2024, 2, 29, 12, 30, 15, 120000)),
    (
        "timestamptz",
        datetime.datetime(2024, 2, 29, 23, 30, 15, tzinfo=datetime.timezone(datetime.timedelta(hours=5, minutes=30))),
    ),
    ("float8", 0.1),
]


def text(parameter, kind):
    return "select v from (select %s::%s as v) t" % (parameter, kind)


def psycopg2():
    import psycopg2
    import psycopg2.extras

    psycopg2.extras.register_uuid()
    with psycopg2.connect(dbname="postgres", **WHERE) as connection, connection.cursor() as cursor:
        for kind, value in VALUES:
            cursor.execute(text("%s", kind), (value,))
            cursor.fetchall()


def psycopg3(form):
    import psycopg

    cursor_class = psycopg.ClientCursor if form == "client" else psycopg.Cursor
    parameter = {"binary": "%b", "text": "%t"}.get(form, "%s")
    with psycopg.connect(dbname="postgres", cursor_factory=cursor_class, **WHERE) as connection:
        cursor = connection.cursor(binary=form == "binary")
        for kind, value in VALUES:
            # the second time it is prepared
            for prepare in (None,) if form == "client" else (False, True):
                cursor.execute(text(parameter, kind), (value,), prepare=prepare)
                cursor.fetchall()


async def asyncpg():
    import asyncpg

    connection = await asyncpg.connect(database="postgres", **WHERE)
    for kind, value in VALUES:
        await connection.fetch(text("$1", kind), value)
    await connection.close()


driver, _, form = sys.argv[1].partition("/")
if driver == "asyncpg":
    asyncio.run(asyncpg())
elif driver == "psycopg":
    psycopg3(form)
else:
    psycopg2()
