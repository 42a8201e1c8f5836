"""A web app over psycopg2, with a handler for each scenario of Psycopg2Scenarios: GET /NAME?request=NUMBER runs one.

Prints its port, then reads the database's from its standard input. Handles one request at a time on one pooled
connection; psycopg2 sends values as literals, by the simple protocol, and begins a transaction by itself.
"""

import http.server
import json
import sys
import time
import urllib.parse

import psycopg2
import psycopg2.extras

USER = "select id, name from users where id = %s"
ORDERS = "select id, quantity, user_id from orders order by id limit 20"
INSERT = "insert into audit (what) values (%s)"
HANDLERS = {}
left_open = []


def connect():
    return psycopg2.connect(host="127.0.0.1", port=database_port, user="postgres", dbname="postgres")


def handler(function):
    """Runs on the pooled connection and, like most frameworks, commits at the end of the request."""
    HANDLERS[function.__name__] = function
    return function


def ask(connection, sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def run(connection, sql, values=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@handler
def look_up_per_row(connection, request):
    for _, _, user in ask(connection, ORDERS):
        ask(connection, USER, (user,))


@handler
def look_up_per_row_by_text(connection, request):
    for (code,) in ask(connection, "select code from products limit 20"):
        ask(connection, "select order_id from order_lines where product = %(code)s", {"code": code})


@handler
def look_up_per_row_by_uuid(connection, request):
    psycopg2.extras.register_uuid(conn_or_curs=connection)
    for (document,) in ask(connection, "select id from documents limit 20"):
        ask(connection, "select name from attachments where document_id = %s", (document,))


@handler
def look_up_per_row_of_a_server_side_cursor(connection, request):
    with connection.cursor("orders") as orders:
        orders.itersize = 5
        orders.execute(ORDERS)
        for _, _, user in orders:
            ask(connection, USER, (user,))


@handler
def one_list_for_all(connection, request):
    users = tuple(user for _, _, user in ask(connection, ORDERS))
    ask(connection, "select id, name from users where id in %s", (users,))


@handler
def lists_as_tuples_and_as_arrays(connection, request):
    for start in range(1, 13):
        ids = list(range(start, start + 3 + start % 4))
        ask(connection, "select name from users where id in %s", (tuple(ids),))
        ask(connection, "select email from users where id = any(%s)", (ids,))


@handler
def a_join(connection, request):
    ask(connection, "select o.id, u.name from orders o join users u on u.id = o.user_id order by o.id limit 20")


@handler
def four_look_ups(connection, request):
    for user in range(1, 5):
        ask(connection, USER, (user,))


@handler
def the_same_twice(connection, request):
    for _ in range(2):
        ask(connection, "select id from users where name = %s", ("user 7",))


@handler
def the_same_after_a_write(connection, request):
    ask(connection, USER, (7,))
    run(connection, "update users set name = name where id = %s", (9,))
    ask(connection, USER, (7,))


@handler
def commas_quotes_and_backslashes(connection, request):
    for pair in (("x,", "y"), ("x", ",y"), ("it's", "\\%s"), ("it", "'s\\%s")):
        ask(connection, "select id from users where name = %s and email = %s", pair)


@handler
def executemany(connection, request):
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [(f"row {i}",) for i in range(30)])


@handler
def execute_batch(connection, request):
    with connection.cursor() as cursor:
        psycopg2.extras.execute_batch(cursor, INSERT, [(f"row {i}",) for i in range(250)], page_size=100)


@handler
def execute_batch_of_pages_of_one(connection, request):
    with connection.cursor() as cursor:
        psycopg2.extras.execute_batch(cursor, INSERT, [(f"row {i}",) for i in range(30)], page_size=1)


@handler
def execute_batch_of_look_ups(connection, request):
    with connection.cursor() as cursor:
        psycopg2.extras.execute_batch(cursor, USER, [(i,) for i in range(1, 31)])


@handler
def execute_values(connection, request):
    with connection.cursor() as cursor:
        psycopg2.extras.execute_values(
            cursor, "insert into audit (what) values %s", [(f"row {i}",) for i in range(250)], page_size=100)


@handler
def execute_values_of_single_rows(connection, request):
    with connection.cursor() as cursor:
        psycopg2.extras.execute_values(
            cursor, "insert into audit (what) values %s", [(f"row {i}",) for i in range(30)], page_size=1)


@handler
def copy(connection, request):
    import io

    with connection.cursor() as cursor:
        cursor.copy_expert("copy audit (what) from stdin", io.StringIO("copied\n" * 30))


@handler
def server_side_cursor(connection, request):
    with connection.cursor("all_users") as users:
        users.itersize = 4
        users.execute("select id, name from users")
        for _ in users:
            pass


@handler
def cursor_fetched_one_by_one(connection, request):
    with connection.cursor("all_users") as users:
        users.execute("select id, name from users limit 20")
        while users.fetchone():
            pass


@handler
def missing_table(connection, request):
    fails(connection, "select id from nowhere where name = %s", ("a secret",))


@handler
def text_that_cannot_be_parsed(connection, request):
    fails(connection, "selec id from users where name = %s", ("a secret",))


@handler
def key_that_exists(connection, request):
    fails(connection, "insert into roles values (1, %s)", ("a secret",))


@handler
def what_follows_a_failure(connection, request):
    fails(connection, "insert into roles values (1, %s)", ("a secret",), rollback=False)
    fails(connection, "select 1 from users where id = %s", (1,))


def fails(connection, sql, values, rollback=True):
    try:
        run(connection, sql, values)
    except psycopg2.Error:
        if rollback:
            connection.rollback()
    else:
        raise AssertionError(f"{sql} should have failed")


@handler
def commit_after_each_statement(connection, request):
    for i in range(1, 26):
        ask(connection, f"select {i} as c{i} from users where id = %s", (i,))
        connection.commit()


@handler
def autocommit(connection, request):
    connection.rollback()
    connection.autocommit = True
    for i in range(1, 26):
        ask(connection, f"select {i} as c{i} from users where id = %s", (i,))
    connection.autocommit = False


@handler
def one_transaction(connection, request):
    for i in range(1, 26):
        ask(connection, f"select {i} as c{i} from users where id = %s", (i,))


@handler
def held_for_300_ms_after_a_write(connection, request):
    run(connection, "update users set name = name where id = %s", (request,))
    time.sleep(0.3)
    ask(connection, USER, (request,))


@handler
def waits_300_ms_before_the_transaction(connection, request):
    time.sleep(0.3)
    run(connection, "update users set name = name where id = %s", (request,))
    ask(connection, USER, (request,))


@handler
def connection_for_each_request(connection, request):
    own = connect()
    ask(own, USER, (request,))
    own.close()


@handler
def one_connection_for_all(connection, request):
    ask(connection, USER, (request,))


@handler
def never_committed(connection, request):
    """Reads with psycopg2 begin a transaction, too: who never commits goes on with it in a later request."""
    if request == 1:
        left_open.append(connect())
    else:
        time.sleep(5.2)  # a transaction is left open from 5 s on
    ask(left_open[0], USER, (request,))
    if request == 2:
        left_open.pop().close()


@handler
def slow_statement(connection, request):
    ask(connection, "select name, pg_sleep(0.6) from users where id = %s", (1,))


@handler
def one_slow_among_fast(connection, request):
    for i in range(1, 4):
        ask(connection, "select name, pg_sleep(%s) from users where id = %s", (0.2 if i == request == 2 else 0, i))


@handler
def notes_not_shown(connection, request):
    return [[id, name] for id, name, _ in ask(connection, "select id, name, notes from offices order by id limit 60")]


@handler
def notes_shown(connection, request):
    return ask(connection, "select id, name, notes from offices order by id limit 60")


@handler
def pings(connection, request):
    for table in ("users", "offices", "companies", "profiles", "roles", "orders"):
        ask(connection, "SELECT 1")
        ask(connection, f"select * from {table} where id = %s", (5,))


@handler
def comment_that_differs(connection, request):
    for _, _, user in ask(connection, ORDERS):
        ask(connection, f"/* row {user} */ {USER} -- {user}", (user,))


class App(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = urllib.parse.urlsplit(self.path)
        request = int(urllib.parse.parse_qs(path.query)["request"][0])
        name = path.path.removeprefix("/")
        try:
            answer = HANDLERS[name](pooled, request)
            pooled.commit()
            status = 200
        except Exception as e:  # the test says what it was
            pooled.rollback()
            answer, status = f"{type(e).__name__}: {e}", 500
        html = isinstance(answer, str) and status == 200
        body = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if html else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    import pages

    HANDLERS.update(pages.HANDLERS)
    server = http.server.HTTPServer(("127.0.0.1", 0), App)
    print(server.server_port, flush=True)
    database_port = int(sys.stdin.readline())
    pooled = connect()
    print("ready", flush=True)
    server.serve_forever()
