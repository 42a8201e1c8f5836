"""A WSGI application with a pool and two jobs, each statement of which carries the mark of the request that sent it."""

import itertools
import os
import threading
import time

from psycopg2 import connect
from psycopg2.pool import ThreadedConnectionPool

pool = ThreadedConnectionPool(4, 40, os.environ["DATABASE_URL"])


def ask(mark, times):
    connection = pool.getconn()
    try:
        with connection, connection.cursor() as cursor:
            for _ in range(times):
                cursor.execute("SELECT name FROM marked AS %s WHERE id = %%s" % mark, (7,))
                cursor.fetchall()
    finally:
        pool.putconn(connection)


def rounds():
    """One round each 50 ms; a file says when five have been: what an app runs is known once it was seen to run it."""
    for number in itertools.count():
        if number == 5:
            open("jobs-run", "a").write("ready\n")
        yield number
        time.sleep(0.05)


def job_on_its_own():
    own = connect(os.environ["DATABASE_URL"])
    own.autocommit = True
    for _ in rounds():
        with own.cursor() as cursor:
            cursor.execute("SELECT name FROM marked AS own_job WHERE id = %s", (1,))


def job_from_the_pool():
    for _ in rounds():
        ask("pooled_job", 1)


for job in (job_on_its_own, job_from_the_pool):
    threading.Thread(target=job, daemon=True).start()


def application(environ, start_response):
    mark = "mark_" + environ["QUERY_STRING"]
    if environ["PATH_INFO"] == "/abandoned":
        for _ in range(100):
            ask(mark, 1)
            time.sleep(0.02)
        open("abandoned-over", "a").write("over\n")
    ask(mark, 3)
    ask(mark, 3)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"done."]
