"""What Python applications do with psycopg2, printed."""
import datetime
import decimal
import io
import select
import sys
import uuid

import psycopg2
import psycopg2.extensions
import psycopg2.extras

psycopg2.extras.register_uuid()
connection = psycopg2.connect(host="127.0.0.1", port=sys.argv[1], user="postgres", dbname="postgres")
cursor = connection.cursor()
cursor.execute("create temp table work(id int primary key, name text, price numeric, at timestamptz, key uuid)")
key = uuid.UUID("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
at = datetime.datetime(2024, 2, 29, 12, 0, tzinfo=datetime.timezone.utc)
cursor.executemany(
    "insert into work values (%s, %s, %s, %s, %s)",
    [(i, "näme '%d'" % i, decimal.Decimal(i) / 8, at, key) for i in range(50)],
)
psycopg2.extras.execute_values(cursor, "insert into work values %s", [(i, "x", 1, at, key) for i in range(50, 90)])
connection.commit()
cursor.execute("set timezone to 'UTC'")
cursor.execute("select * from work where id = any(%s) order by id", ([3, 4, 80],))
print(cursor.fetchall())
with connection.cursor("named") as named:
    named.itersize = 7
    named.execute("select id, name from work order by id")
    print(sum(row[0] for row in named))
connection.commit()
for wrong in ("select no_such_column", "selec", "insert into work(id) values (1)"):
    try:
        cursor.execute(wrong)
    except psycopg2.Error as error:
        print(error.pgcode)
    connection.rollback()
out = io.StringIO()
cursor.copy_expert("copy (select id, name from work order by id limit 5) to stdout", out)
print(out.getvalue())
cursor.copy_expert("copy work(id, name) from stdin", io.StringIO("1001\tcopied\n"))
connection.commit()
connection.autocommit = True
cursor.execute("listen news; notify news, 'hello'")
while not connection.notifies:
    select.select([connection], [], [], 5)
    connection.poll()
print(connection.notifies[0].payload)
waiting = psycopg2.connect(host="127.0.0.1", port=sys.argv[1], user="postgres", dbname="postgres", async_=1)
psycopg2.extras.wait_select(waiting)
asking = waiting.cursor()
asking.execute("select 'asynchronous', repeat('x', 100000)")
psycopg2.extras.wait_select(waiting)
print(len(asking.fetchone()[1]))
