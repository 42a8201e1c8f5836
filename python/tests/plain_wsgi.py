"""A WSGI application without a framework: one statement when called, one while its body is sent."""

import os

from sqlalchemy import create_engine, text

engine = create_engine(os.environ["DATABASE_URL"].replace("postgres:", "postgresql:"), pool_size=8)
with engine.connect() as warm_up:
    warm_up.execute(text("SELECT 1"))


def application(environ, start_response):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    start_response("200 OK", [("Content-Type", "text/plain")])

    def body():
        with engine.connect() as connection:
            yield str(connection.execute(text("SELECT 2")).scalar()).encode()

    return body()
