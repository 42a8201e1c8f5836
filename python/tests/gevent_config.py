"""gunicorn's settings for gevent workers whose PostgreSQL driver waits cooperatively."""


def post_fork(server, worker):
    from psycogreen.gevent import patch_psycopg

    patch_psycopg()
