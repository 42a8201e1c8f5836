"""SQLAlchemy and drivers used without a framework: each call with its backend, its request and its line."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

from tests import app, cluster
from tests.listener import Listener


def needs(*names):
    missing = cluster.missing() or next((name for name in names if not importlib.util.find_spec(name)), None)
    return unittest.skipIf(missing, "%s is not installed" % missing)


class DriversTest(unittest.TestCase):
    def run_program(self, code, **environment):
        """Runs a program as the user's own file; its listener once the program is over, and what it printed."""
        listener = Listener()
        self.addCleanup(listener.__exit__)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        with open(os.path.join(folder.name, "program.py"), "w") as program:
            program.write(textwrap.dedent(code))
        done = subprocess.run(
            [sys.executable, "program.py"],
            env=app.environment(listener, URL=cluster.cluster().url(), **environment),
            cwd=folder.name,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=120,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue(listener.heard())
        self.assertEqual(listener.disabled(), [])
        return listener, done.stdout.split()

    def check(self, code, places, **environment):
        """`code` prints its backend's pid last; `places` are the lines that ran a statement, with their functions."""
        listener, printed = self.run_program(code, **environment)
        calls = listener.calls()
        found = [(call.place["file"], call.place["line"], call.place["function"]) for call in calls]
        self.assertEqual(found, [("program.py",) + place for place in places])
        self.assertEqual({call.pid for call in calls}, {int(printed[-1])})
        for call in calls:
            self.assertLess(call.start, call.end)
        return listener

    @needs("psycopg2")
    def test_psycopg2_alone(self):
        listener = self.check(
            """
            import os, psycopg2
            connection = psycopg2.connect(os.environ["URL"])
            def work():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT %s", [1])
                    cursor.executemany("SELECT %s", [[1], [2]])
                    try:
                        cursor.execute("SELECT nothing")
                    except psycopg2.Error:
                        pass
            work()
            print(connection.get_backend_pid())
            """,
            [(6, "work"), (7, "work"), (9, "work")],
        )
        self.assertEqual([opened["vendor"] for opened in listener.peers[0].opened], ["postgresql"])

    @needs("psycopg2")
    def test_psycopg2_with_a_cursor_of_the_apps_own_is_left_alone(self):
        listener, printed = self.run_program(
            """
            import os, psycopg2, psycopg2.extras
            connection = psycopg2.connect(os.environ["URL"], cursor_factory=psycopg2.extras.DictCursor)
            cursor = connection.cursor()
            cursor.execute("SELECT 1 AS one")
            print(cursor.fetchone()["one"], type(cursor).__name__)
            """
        )
        self.assertEqual(printed, ["1", "DictCursor"])
        self.assertEqual(listener.calls(), [])

    @needs("psycopg")
    def test_psycopg_3(self):
        self.check(
            """
            import os, psycopg
            with psycopg.connect(os.environ["URL"]) as connection:
                def work():
                    connection.execute("SELECT %s", [1])
                    with connection.cursor("named") as cursor:
                        cursor.execute("SELECT generate_series(1, 9)")
                        cursor.fetchall()
                work()
                print(connection.info.backend_pid)
            """,
            [(5, "work"), (7, "work")],
        )

    @needs("psycopg")
    def test_psycopg_3_asynchronous(self):
        self.check(
            """
            import asyncio, os, psycopg
            async def work():
                connection = await psycopg.AsyncConnection.connect(os.environ["URL"])
                async with connection:
                    await connection.execute("SELECT 1")
                    print(connection.info.backend_pid)
            asyncio.run(work())
            """,
            [(6, "work")],
        )

    @needs("asyncpg")
    def test_asyncpg(self):
        self.check(
            """
            import asyncio, asyncpg, os
            async def work():
                pool = await asyncpg.create_pool(os.environ["URL"], min_size=1, max_size=1)
                async with pool.acquire() as connection:
                    await connection.fetchval("SELECT $1::int", 1)
                    await connection.execute("SELECT 2")
                    statement = await connection.prepare("SELECT 3")
                    await statement.fetch()
                    print(connection.get_server_pid())
                await pool.close()
            asyncio.run(work())
            """,
            # the last is the pool's own: it resets the connection in a task apart
            [(6, "work"), (7, "work"), (9, "work"), (12, "<module>")],
        )

    @needs("sqlalchemy", "psycopg2")
    def test_sqlalchemy_core(self):
        self.check(
            """
            import os
            from sqlalchemy import create_engine, text
            engine = create_engine(os.environ["URL"].replace("postgres:", "postgresql:"))
            with engine.connect() as connection:
                print(connection.connection.dbapi_connection.get_backend_pid())
                def work():
                    connection.execute(text("SELECT 1"))
                    try:
                        connection.execute(text("SELECT nothing"))
                    except Exception:
                        pass
                work()
            """,
            [(8, "work"), (10, "work")],
        )

    @needs("sqlalchemy", "psycopg2")
    def test_sqlalchemy_orm_names_the_relation(self):
        listener, _ = self.run_program(
            """
            import os
            from sqlalchemy import Column, ForeignKey, Integer, Table, Text, create_engine
            from sqlalchemy.orm import Session, declarative_base, deferred, relationship, selectinload
            Base = declarative_base()
            tags = Table("sa_tags", Base.metadata,
                Column("book", ForeignKey("sa_book.id")), Column("tag", ForeignKey("sa_tag.id")))
            class Author(Base):
                __tablename__ = "sa_author"
                id = Column(Integer, primary_key=True)
                books = relationship("Book", back_populates="author")
            class Tag(Base):
                __tablename__ = "sa_tag"
                id = Column(Integer, primary_key=True)
            class Book(Base):
                __tablename__ = "sa_book"
                id = Column(Integer, primary_key=True)
                text = deferred(Column(Text))
                author_id = Column(ForeignKey("sa_author.id"))
                author = relationship(Author, back_populates="books")
                tags = relationship(Tag, secondary=tags)
            engine = create_engine(os.environ["URL"].replace("postgres:", "postgresql:"))
            Base.metadata.drop_all(engine)
            Base.metadata.create_all(engine)
            with Session(engine) as session:
                session.add(Book(id=1, text="long", author=Author(id=1), tags=[Tag(id=1)]))
                session.commit()
            def lazily():
                with Session(engine) as session:
                    book = session.query(Book).first()
                    book.author, book.tags, book.text, book.author.books
            def eagerly():
                with Session(engine) as session:
                    session.query(Author).options(selectinload(Author.books)).all()
            lazily()
            eagerly()
            """
        )

        def relations(function):
            its = [call.place.get("relation") for call in listener.calls() if call.place.get("function") == function]
            return [(it["model"], it["name"], it["kind"], it.get("eager", False)) if it else None for it in its]

        self.assertEqual(
            relations("lazily"),
            [
                None,
                ("Book", "author", "forward", False),
                ("Book", "tags", "many_to_many", False),
                ("Book", "text", "deferred", False),
                ("Author", "books", "reverse", False),
            ],
        )
        self.assertEqual(relations("eagerly"), [None, ("Author", "books", "reverse", True)])

    @needs("sqlalchemy", "asyncpg", "greenlet")
    def test_sqlalchemy_on_asyncpg(self):
        listener, _ = self.run_program(
            """
            import asyncio, os
            from sqlalchemy import text
            from sqlalchemy.ext.asyncio import create_async_engine
            async def work():
                engine = create_async_engine(os.environ["URL"].replace("postgres:", "postgresql+asyncpg:"))
                async with engine.connect() as connection:
                    await connection.execute(text("SELECT 1"))
                await engine.dispose()
            asyncio.run(work())
            """
        )
        self.assertTrue(any(call.place.get("line") == 8 for call in listener.calls()))
        self.assertEqual(len({call.pid for call in listener.calls()}), 1)

    @needs("sqlalchemy", "psycopg2", "waitress")
    def test_a_wsgi_app_without_django_has_its_requests_told(self):
        with Listener() as listener:
            with app.Server(listener, "waitress", "--threads=8", "--port=PORT", "plain_wsgi:application") as server:
                statuses = server.hammer(["/"], rounds=10)
                self.assertTrue(listener.wait(lambda it: it.ended() >= set(statuses)))
            self.assertEqual(listener.disabled(), [])
            # The app answers which backend ran how many statements for the request: the same must be told.
            self.assertEqual(set(statuses.values()), {200})
            for request in statuses:
                its = [call for call in listener.calls() if call.request == request]
                self.assertEqual([call.place["function"] for call in its], ["application", "application.body"])
                self.assertEqual(len({call.thread for call in its}), 1)


if __name__ == "__main__":
    unittest.main()
