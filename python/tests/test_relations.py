"""Which relation, serializer field, template line and line of code each statement is told with."""

import importlib.util
import unittest

from tests import app, cluster
from tests.listener import Listener

MISSING = cluster.missing() or next(
    ("%s is not installed" % name for name in ("django", "rest_framework", "psycopg2") if not importlib.util.find_spec(name)),
    None,
)
SETUP = "import django; django.setup()\nfrom shop.models import *\n"
FILL = """
from django.db import transaction
with transaction.atomic():
    for model in (Note, Book, Profile, Author, Label):
        model.objects.all().delete()
    labels = [Label.objects.create(name=name) for name in "xyz"]
    for i in range(3):
        author = Author.objects.create(name="author %d" % i)
        Profile.objects.create(author=author, city="Rome")
        book = Book.objects.create(author=author, editor=author, title="book %d" % i)
        book.labels.set(labels)
        Note.objects.create(about=book, text="note")
"""


@unittest.skipIf(MISSING, MISSING)
class RelationsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Listener() as listener:
            app.migrate(listener)
            app.python(listener, SETUP + FILL)

    def relations(self, code):
        """The relations of the statements that `code` runs, in order; a call site each."""
        with Listener() as listener:
            app.python(listener, SETUP + code)
            self.assertTrue(listener.heard())
            self.assertEqual(listener.disabled(), [])
            return [call.place.get("relation") for call in listener.calls()]

    def last(self, code, model, name, target, kind, **more):
        expected = dict({"model": model, "name": name, "target": target, "kind": kind}, **more)
        told = self.relations(code)[-1]
        if "method" not in expected:
            told.pop("method", None)
        self.assertEqual(told, expected)

    def test_a_query_set_of_its_own_loads_no_relation(self):
        self.assertEqual(self.relations("list(Book.objects.all()); Book.objects.count()"), [None, None])

    def test_forward(self):
        self.last("Book.objects.first().author.name", "Book", "author", "Author", "forward")

    def test_two_relations_to_one_table_are_told_apart(self):
        self.last("Book.objects.first().editor.name", "Book", "editor", "Author", "forward")

    def test_reverse(self):
        self.last("list(Author.objects.first().books.all())", "Author", "books", "Book", "reverse")

    def test_reverse_counted(self):
        self.last("Author.objects.first().books.count()", "Author", "books", "Book", "reverse", method="count")

    def test_reverse_narrowed(self):
        code = "Author.objects.first().books.filter(title='book 1').first()"
        self.last(code, "Author", "books", "Book", "reverse", filtered=True, method="first")

    def test_the_method_is_the_one_that_the_user_called(self):
        methods = {
            "list(Author.objects.first().books.all())": "all",
            "Author.objects.first().books.exists()": "exists",
            "Author.objects.first().books.get(title='book 0')": "get",
            "list(Author.objects.first().books.values())": "values",
            "list(Author.objects.first().books.values_list('title', flat=True))": "values",
            "list(Author.objects.first().books.iterator())": "iterator",
            "Author.objects.first().books.latest('pk')": "latest",
            "Author.objects.first().books.in_bulk()": "in_bulk",
        }
        for code, method in methods.items():
            with self.subTest(code):
                self.assertEqual(self.relations(code)[-1]["method"], method)

    def test_one_to_one(self):
        self.last("Profile.objects.first().author.name", "Profile", "author", "Author", "one_to_one")

    def test_reverse_one_to_one(self):
        self.last("Author.objects.first().profile.city", "Author", "profile", "Profile", "one_to_one")

    def test_many_to_many(self):
        self.last("list(Book.objects.first().labels.all())", "Book", "labels", "Label", "many_to_many")

    def test_reverse_many_to_many(self):
        self.last("list(Label.objects.first().books.all())", "Label", "books", "Book", "many_to_many")

    def test_generic(self):
        self.last("Note.objects.first().about.title", "Note", "about", "?", "generic")

    def test_generic_reverse(self):
        code = "list(Book.objects.first().notes.all())"
        self.last(code, "Book", "notes", "Note", "reverse")

    def test_generic_reverse_narrowed(self):
        code = "Book.objects.first().notes.filter(text='note').first()"
        self.last(code, "Book", "notes", "Note", "reverse", filtered=True)

    def test_deferred_field(self):
        code = "Author.objects.only('name').first().biography"
        self.last(code, "Author", "biography", "Author", "deferred")

    def test_what_was_joined_runs_no_statement(self):
        self.assertEqual(self.relations("Book.objects.select_related('author').first().author.name"), [None])

    def test_what_was_prefetched_is_told_as_eager(self):
        code = "[b.labels.all() for b in Book.objects.prefetch_related('author__profile', 'labels')]"
        eager = self.relations(code)[1:]
        self.assertEqual([it["name"] for it in eager], ["author", "profile", "labels"])
        self.assertEqual({it["eager"] for it in eager}, {True})

    @unittest.skipUnless(importlib.util.find_spec("waitress"), "waitress is not installed")
    def test_serializer_fields_templates_and_views_where_no_line_of_the_users_is_on_the_stack(self):
        with Listener() as listener:
            with app.Server(listener, "waitress", "--port=PORT", "shop.wsgi:application") as server:
                server.get("/books", 1)
                server.get("/page", 2)
                self.assertTrue(listener.wait(lambda it: it.ended() == {1, 2}))
            places = {
                (
                    call.place.get("how"),
                    call.place["file"],
                    call.place["line"],
                    call.place.get("function"),
                    call.relation,
                    " ".join(call.place.get("fields", ())),
                )
                for call in listener.calls()
            }
            paths = {(call.place.get("relation") or {}).get("path") for call in listener.calls()}
        self.assertEqual(paths, {None, "author", "author__profile", "labels"})
        self.assertEqual(
            places,
            {
                ("view", "shop/views.py", 72, "shop.views.BookList", None, ""),
                ("field", "shop/serializers.py", 21, "BookSerializer.author", "Book.author", "BookSerializer.author"),
                (
                    "field",
                    "shop/serializers.py",
                    13,
                    "AuthorSerializer.city",
                    "Author.profile",
                    "BookSerializer.author AuthorSerializer.city",
                ),
                ("field", "shop/serializers.py", 22, "BookSerializer.labels", "Book.labels", "BookSerializer.labels"),
                (
                    "frame",
                    "shop/serializers.py",
                    30,
                    "BookSerializer.get_siblings",
                    "Author.books",
                    "BookSerializer.siblings",
                ),
                ("template", "shop/templates/books.html", 2, "books.html", None, ""),
                ("template", "shop/templates/books.html", 4, "books.html", "Book.author", ""),
            },
        )


if __name__ == "__main__":
    unittest.main()
