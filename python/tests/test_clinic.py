"""A project that wastes in many ways: what each of its views is told with, and where its query sets are made."""

import http.client
import importlib.util
import json
import unittest

from tests import app, cluster
from tests.listener import Listener

MISSING = cluster.missing() or next(
    ("%s is not installed" % name for name in ("django", "rest_framework", "psycopg2", "waitress") if not importlib.util.find_spec(name)),
    None,
)
SETTINGS = {"DJANGO_SETTINGS_MODULE": "clinic.settings"}


@unittest.skipIf(MISSING, MISSING)
class ClinicTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.url = cluster.cluster().create("clinic")
        cls.listener = Listener()
        cls.addClassCleanup(cls.listener.__exit__)
        app.python(cls.listener, "import clinic.fill", DATABASE_URL=cls.url, **SETTINGS)
        cls.server = app.Server(
            cls.listener, "waitress", "--port=PORT", "clinic.wsgi:application", DATABASE_URL=cls.url, **SETTINGS
        )
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        cls.requests = 0

    def calls(self, path, body=None):
        """The calls of one request."""
        type(self).requests += 1
        request = self.requests
        client = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        headers = {"X-Headroom-Request": str(request), "Content-Type": "application/json"}
        client.request("POST" if body else "GET", path, body=body, headers=headers)
        answer = client.getresponse()
        self.assertEqual((answer.status, bool(answer.read())), (200, True))
        client.close()
        self.assertTrue(self.listener.wait(lambda it: request in it.ended()))
        self.assertEqual(self.listener.disabled(), [])
        self.routed = next(peer.routed[request] for peer in self.listener.peers if request in peer.routed)
        return [call for call in self.listener.calls() if call.request == request]

    def loads(self, path, body=None):
        """How often each relation is loaded, and from where."""
        counts = {}
        for call in self.calls(path, body):
            if call.relation and not call.place["relation"].get("eager"):
                place = "%s %s:%d" % (call.relation, call.place["file"], call.place["line"])
                counts[place] = counts.get(place, 0) + 1
        return counts

    def made(self, path, model):
        """Where the query sets of a model were made."""
        rows = [call.place["rows"] for call in self.calls(path) if "rows" in call.place]
        return {"%(file)s:%(line)d %(function)s" % its for its in rows if its["model"] == model and "file" in its}

    def test_a_view_set(self):
        self.assertEqual(
            self.loads("/doctors/"),
            {
                "Doctor.clinic clinic/serializers.py:15": 12,
                "Clinic.region clinic/serializers.py:7": 12,
                "Doctor.license clinic/serializers.py:16": 12,
            },
        )
        self.assertEqual(self.routed["route"], "/doctors/")
        # made through a manager of the project's own, in the class, long before any request
        self.assertEqual(self.made("/doctors/", "Doctor"), {"clinic/views.py:15 DoctorViewSet"})

    def test_slugs_strings_and_method_fields(self):
        self.assertEqual(
            self.loads("/patients"),
            {
                "Patient.doctor clinic/serializers.py:24": 15,
                "Doctor.clinic clinic/models.py:29": 15,
                "Patient.tags clinic/serializers.py:25": 15,
                "Patient.visits clinic/serializers.py:33": 15,
            },
        )
        self.assertEqual(self.made("/patients", "Patient"), {"clinic/views.py:23 PatientList.get_queryset"})

    def test_a_serializer_in_a_function_is_told_by_its_fields_too(self):
        self.assertEqual(
            set(self.loads("/listed")),
            {
                "Patient.doctor clinic/serializers.py:24",
                "Doctor.clinic clinic/models.py:29",
                "Patient.tags clinic/serializers.py:25",
                "Patient.visits clinic/serializers.py:33",
            },
        )
        self.assertEqual(self.made("/listed", "Patient"), {"clinic/queries.py:5 by_name"})

    def test_a_count_and_a_field_that_was_left_out(self):
        self.assertEqual(self.loads("/counts"), {"Clinic.staff clinic/views.py:34": 12})
        self.assertEqual(self.loads("/deferred"), {"Doctor.biography clinic/views.py:39": 12})

    def test_a_template_of_a_class_based_view_with_pages(self):
        self.assertEqual(self.loads("/board"), {"Patient.doctor clinic/templates/board.html:4": 15})
        self.assertEqual(self.made("/board", "Patient"), {"clinic/views.py:43 Board"})

    def test_an_iterator(self):
        self.assertEqual(self.loads("/export"), {"Patient.tags clinic/views.py:51": 24})
        methods = {call.place["rows"]["method"] for call in self.calls("/export") if "rows" in call.place}
        self.assertEqual(methods, {"iterator"})

    def test_generic_relations_both_ways(self):
        self.calls("/remarks")  # Django asks for each content type once a process
        self.assertEqual(
            self.loads("/remarks"),
            {"Remark.about clinic/views.py:56": 24, "Patient.remarks clinic/views.py:57": 24},
        )

    def test_what_is_loaded_beyond_a_join(self):
        self.assertEqual(self.loads("/joined"), {"Clinic.region clinic/views.py:62": 12})

    def test_another_database(self):
        self.assertEqual(self.loads("/replica"), {"Patient.doctor clinic/views.py:68": 24})

    def test_the_admin(self):
        self.assertEqual(self.loads("/admin/clinic/doctor/"), {"Doctor.clinic clinic/admin.py:17": 12})
        views = [call.place["view"] for call in self.calls("/admin/clinic/doctor/") if call.relation]
        self.assertEqual({(its["name"], its["line"], its["admin"]) for its in views}, {("clinic.admin.DoctorAdmin", 13, True)})

    def test_choices_of_primary_keys_are_no_relation(self):
        calls = self.calls("/tagged", json.dumps({"tags": [1, 2, 3, 4, 5, 6]}))
        rows = [call.place.get("rows", {}) for call in calls]
        self.assertEqual([its.get("model") for its in rows], ["Tag"] * 6)
        self.assertEqual({(its["method"], its["line"]) for its in rows}, {("get", 38)})

    def test_what_is_loaded_ahead_is_never_told_as_lazy(self):
        self.assertEqual(self.loads("/eager"), {})

    def test_models_and_connections_are_told_once(self):
        self.calls("/eager")
        peer = next(peer for peer in self.listener.peers if peer.ended)
        self.assertEqual(
            peer.models["Clinic"],
            {
                "table": "clinic_clinic",
                "model": "Clinic",
                "module": "clinic.models",
                "columns": [["id", "id"], ["region_id", "region", "Region"], ["name", "name"], ["directions", "how_to_find"]],
            },
        )
        self.assertEqual(peer.kinds.count("M"), len(peer.models))
        opened = peer.opened[0]
        self.assertEqual(
            (opened["alias"], opened["maxAge"], opened["outlives"], opened["settings"]),
            ("default", 0, True, "clinic/settings.py"),
        )


if __name__ == "__main__":
    unittest.main()
