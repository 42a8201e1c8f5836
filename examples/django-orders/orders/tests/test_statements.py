"""The numbers of the story, as Django counts them and as django-debug-toolbar shows them."""

import importlib
import io
import unittest

from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory, TestCase, modify_settings, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches

try:
    from debug_toolbar.panels.sql import SQLPanel
    from debug_toolbar.toolbar import DebugToolbar
except ImportError:
    SQLPanel = None


def serve(stage):
    import mysite.urls

    with override_settings(ORDERS_STAGE=stage):
        importlib.reload(mysite.urls)
    clear_url_caches()


class StatementsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("seed", verbosity=0, stdout=io.StringIO())

    def statements(self, stage, path):
        serve(stage)
        with CaptureQueriesContext(connection) as captured:
            self.assertEqual(self.client.get(path).status_code, 200)
        return [query["sql"] for query in captured]

    def test_orders_run_176_then_42_then_4_statements(self):
        counts = [len(self.statements(stage, "/api/orders")) for stage in ("before", "narrow", "after")]
        self.assertEqual(counts, [176, 42, 4])

    def test_any_page_of_orders_runs_as_many(self):
        counts = [len(self.statements(stage, "/api/orders?page=7")) for stage in ("before", "narrow", "after")]
        self.assertEqual(counts, [176, 42, 4])

    def test_offices_run_511_then_4_statements(self):
        counts = [len(self.statements(stage, "/api/offices")) for stage in ("before", "narrow", "after")]
        self.assertEqual(counts, [511, 511, 4])

    def test_a_small_customer_never_notices(self):
        self.assertLess(len(self.statements("before", "/api/offices?company=4")), 8)

    def test_the_active_address_is_asked_for_20_times(self):
        addresses = [sql for sql in self.statements("before", "/api/orders") if "orders_address" in sql]
        self.assertEqual(len(addresses), 20)
        self.assertEqual(len(set(addresses)), 1)

    def test_the_offices_look_the_same_before_and_after(self):
        serve("before")
        before = self.client.get("/api/offices").json()
        serve("after")
        self.assertEqual(self.client.get("/api/offices").json(), before)
        self.assertEqual(len(before), 312)

    def test_a_company_that_is_no_number_is_a_bad_request(self):
        self.assertEqual(self.client.get("/api/orders?company=x").status_code, 400)


@unittest.skipUnless(SQLPanel, "django-debug-toolbar is not installed")
@modify_settings(INSTALLED_APPS={"append": "debug_toolbar"})
class ToolbarTest(TestCase):
    setUpTestData = StatementsTest.__dict__["setUpTestData"]

    def queries(self, stage, path):
        serve(stage)
        request = RequestFactory().get(path)
        toolbar = DebugToolbar(request, lambda request: None)
        panel = toolbar.get_panel_by_id("SQLPanel")
        panel.enable_instrumentation()
        try:
            response = self.client.get(path)
        finally:
            panel.disable_instrumentation()
        panel.generate_stats(request, response)
        return panel.get_stats()["queries"]

    def test_the_toolbar_counts_the_same_statements(self):
        self.assertEqual(len(self.queries("before", "/api/orders")), 176)
        self.assertEqual(len(self.queries("before", "/api/offices")), 511)

    def test_the_toolbar_calls_the_active_address_duplicated_20_times(self):
        addresses = [q for q in self.queries("before", "/api/orders") if "orders_address" in q["sql"]]
        self.assertEqual({(q["similar_count"], q["duplicate_count"]) for q in addresses}, {(20, 20)})

    def test_the_toolbar_tells_similar_from_duplicated(self):
        managers = [q for q in self.queries("before", "/api/offices") if "orders_address" in q["sql"]]
        self.assertEqual({(q.get("similar_count"), q.get("duplicate_count")) for q in managers}, {(99, None)})
